import type { HealthKind } from "#lib/shared/model/service-verdict.ts";
import type { Tone } from "#lib/shared/model/task-state.ts";
import type { ProjectRunState, ProjectState } from "#lib/shared/projects/types.ts";

interface Look {
  readonly mark: HealthKind;
  readonly tone: Tone;
}

/** The shape and colour of a project's state. */
export const projectLook: Readonly<Record<ProjectState, Look>> = {
  failing: { mark: "failing", tone: "bad" },
  partly: { mark: "waiting", tone: "warn" },
  running: { mark: "healthy", tone: "quiet" },
  stopped: { mark: "off", tone: "idle" },
};

/** The shape and colour of how something that is done to a project stands. */
export const runLook: Readonly<Record<ProjectRunState, Look>> = {
  running: { mark: "updating", tone: "move" },
  restoring: { mark: "updating", tone: "warn" },
  completed: { mark: "healthy", tone: "quiet" },
  failed: { mark: "failing", tone: "bad" },
  restored: { mark: "rolled_back", tone: "warn" },
  refused: { mark: "failing", tone: "bad" },
  interrupted: { mark: "update_paused", tone: "warn" },
};
