import type { ServerResponse } from "node:http";
import type { DemoCluster } from "../demo/demo-cluster.ts";

/** One request, as handlers see it. */
export interface Call {
  readonly cluster: DemoCluster;
  /** The node whose engine is asked. */
  readonly own: string;
  /** What stood in place of `{ref}`, decoded. */
  readonly ref: string;
  readonly query: URLSearchParams;
  readonly body: string;
  /** For answers that stay open. */
  readonly response: ServerResponse;
}

/** JSON text, an object to become it, `null` for an empty answer, `"open"` when the handler answers by itself. */
export type Answer = { readonly json: object | string } | null | "open";

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** `/services/{ref}/update` */
  readonly path: string;
  /** Only managers answer it. */
  readonly isSwarm?: boolean;
  readonly handle: (call: Call) => Answer;
}
