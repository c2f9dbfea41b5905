import type { StackFile } from "#lib/shared/stacks/types.ts";
import type { LinkedNode } from "../cluster/nodes/node-engines.ts";
import { type PrivateAnswer, type PrivateRequest, servePrivately } from "../docker-cli/private-socket.ts";
import { makeRunFolder, type RunFolder } from "../docker-cli/run-folder.ts";
import { refusalOf } from "../stacks/engine-reads.ts";
import { type ComposeCli, runComposeCli } from "./compose-cli.ts";

/** What one run of compose needs. */
export interface ComposeJob {
  readonly cli: ComposeCli;
  readonly node: LinkedNode;
  readonly project: string;
  /** None: compose goes by the labels of what is there. */
  readonly files: readonly StackFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  /** Where its folder is made. */
  readonly workDir: string;
  /** Answers compose in place of the engine; given the folder of the files. */
  readonly handler: (folder: string) => (request: PrivateRequest) => Promise<PrivateAnswer>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Runs compose against what `handler` makes, in a folder of its own that is gone afterwards. Answers its exit code. */
export async function runCompose(job: ComposeJob): Promise<number | null> {
  const { node, files } = job;
  const folder = makeRunFolder(job.workDir, files);
  try {
    return await inFolder(job, folder, node.engine.facts?.apiVersion ?? "1.41");
  } finally {
    folder.remove();
  }
}

async function inFolder(job: ComposeJob, folder: RunFolder, apiVersion: string): Promise<number | null> {
  const handle = job.handler(folder.files);
  const answered = async (request: PrivateRequest) =>
    // Compose escapes names of images.
    handle({ ...request, path: decodeURIComponent(request.path) });
  const socket = await servePrivately(folder.socket, apiVersion, (request) =>
    answered(request).catch(refusalOf),
  );
  try {
    return await runComposeCli({
      cli: job.cli,
      folder: folder.files,
      config: folder.config,
      host: socket.host,
      project: job.project,
      composeFiles: job.files.filter(({ kind }) => kind === "compose").map(({ name }) => name),
      words: job.words,
      env: job.env,
      signal: job.signal,
      onOutput: (text) => job.onOutput(text.replaceAll(`${folder.files}/`, "")),
    });
  } finally {
    await socket.close();
  }
}
