import type { HealthKind } from "#lib/shared/model/service-verdict.ts";
import type { Tone } from "#lib/shared/model/task-state.ts";
import type { DeployState } from "#lib/shared/stacks/types.ts";

/** The shape and colour of a deploy's state. */
export const deployLook: Readonly<Record<DeployState, { readonly mark: HealthKind; readonly tone: Tone }>> = {
  writing: { mark: "updating", tone: "move" },
  converging: { mark: "updating", tone: "move" },
  stuck: { mark: "failing", tone: "bad" },
  completed: { mark: "healthy", tone: "quiet" },
  failed: { mark: "failing", tone: "bad" },
  refused: { mark: "failing", tone: "bad" },
  interrupted: { mark: "update_paused", tone: "warn" },
};
