import type { z } from "zod";
import type { Permission } from "../roles.ts";

/** One operation of the HTTP API: what the route, the OpenAPI document and the permission test are made from. */
export interface Operation {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below /api/v1, parameters in braces; the folder of its route.ts follows from it. */
  readonly path: string;
  /** `public`: needs no sign-in. */
  readonly permission: Permission | "public";
  /** Carries a credential of its own (a webhook's): cookies and tokens of people do not count, nor does where it comes from. */
  readonly ownCredential?: true;
  readonly summary: string;
  readonly body?: z.ZodType;
  /** Largest body, bytes, where it is more than the usual 1 MiB. */
  readonly bodyBytes?: number;
  readonly query?: z.ZodType;
  /** Name of the row in the audit table; required for everything that changes or reveals something. */
  readonly audit?: string;
  /** Answers a stream of server-sent events. */
  readonly stream?: true;
  /** Media types of the answer, where it is not JSON. */
  readonly media?: readonly string[];
}
