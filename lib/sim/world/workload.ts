/** How the simulated containers of one image behave. Times are ms. */
export interface Workload {
  /** Pulling the image, from and to. */
  readonly pull: readonly [number, number];
  /** From the start of the container until it runs, health checks included. */
  readonly start: readonly [number, number];
  readonly stop: readonly [number, number];
  /** It ends by itself after this time with this exit code; `slot`: only there. */
  readonly ends?: {
    readonly after: readonly [number, number];
    readonly exitCode: number;
    readonly slot?: number;
  };
  /** The image brings a health check of its own. */
  readonly checked?: boolean;
  /** What its main process is called. */
  readonly program?: string;
  /** Lines it logs, one every `everyMs`. */
  readonly logs: readonly string[];
  readonly everyMs: number;
}

/** The behaviour of an image, `name:tag`. */
export type WorkloadOf = (image: string) => Workload;

/** A program that comes up in a second and runs until it is asked to stop. */
export const calm: Workload = {
  pull: [200, 1_500],
  start: [400, 1_200],
  stop: [300, 1_500],
  logs: ["ready"],
  everyMs: 10_000,
};
