import type { StackPlanInput } from "#lib/shared/stacks/schemas.ts";
import type { ActionContext } from "../cluster/actions/context.ts";
import { servePrivately } from "../docker-cli/private-socket.ts";
import { makeRunFolder } from "../docker-cli/run-folder.ts";
import type { CliAnswer, CliRequest } from "./cli-exchange.ts";
import { refusalOf } from "./engine-reads.ts";
import { runStackDeploy } from "./stack-deploy-cli.ts";

/** What one run of the docker command needs. */
export interface DeployRun {
  /** Path of the docker command. */
  readonly program: string;
  readonly stack: string;
  readonly input: StackPlanInput;
  readonly env: Readonly<Record<string, string>>;
  /** Where its folder is made. */
  readonly workDir: string;
  readonly handle: (request: CliRequest) => Promise<CliAnswer>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs `docker stack deploy` against `handle`, in a folder of its own that is gone afterwards. Answers its exit code. Throws
 * AppError where there is no engine.
 */
export async function runDeploy(ctx: ActionContext, run: DeployRun): Promise<number | null> {
  const { input, stack } = run;
  const apiVersion = ctx.manager().facts?.apiVersion ?? "1.41";
  const folder = makeRunFolder(run.workDir, input.files);
  try {
    const socket = await servePrivately(folder.socket, apiVersion, (request) =>
      run.handle({ ...request, body: request.body.toString("utf8") }).catch(refusalOf),
    );
    try {
      return await runStackDeploy({
        program: run.program,
        folder: folder.files,
        config: folder.config,
        host: socket.host,
        stack,
        composeFiles: input.files.filter(({ kind }) => kind === "compose").map(({ name }) => name),
        env: run.env,
        prune: input.prune,
        resolveImage: input.resolveImage,
        signal: run.signal,
        onOutput: run.onOutput,
      });
    } finally {
      await socket.close();
    }
  } finally {
    folder.remove();
  }
}
