"use client";

import { toastError } from "#components/ui/toast.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { useAsk } from "./ask.tsx";
import { useCluster } from "./cluster-provider.tsx";

/** A change to send. */
export interface SendRequest {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** Below the cluster: `/services/web_api/scale`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Query of a DELETE, which has no body. */
  readonly query?: Readonly<Record<string, string>>;
  /** Exact name of the object: what the server wants back as consent. */
  readonly object: string;
  /** Heading and verb of the question, should the server want consent. */
  readonly title: string;
  readonly verb: string;
  /** Consent is given by typing the name; always so for DELETE. */
  readonly typed?: boolean;
  /** Errors are thrown instead of shown. */
  readonly quiet?: boolean;
}

/** Resolves true when the engine accepted the change; false when the person declined, or after showing the error. */
export type Send = (request: SendRequest) => Promise<boolean>;

interface Answer {
  readonly warnings?: readonly string[];
}

/** Sends a change and follows up on `confirmation_needed`: says what will happen, asks, and sends again. */
export function useSend(): Send {
  const { apiPath } = useCluster();
  const ask = useAsk();

  const once = async (request: SendRequest, confirm?: string): Promise<Answer | undefined> => {
    const path = apiPath(request.path);
    if (request.method === "DELETE") {
      const query = new URLSearchParams({
        ...request.query,
        ...(confirm !== undefined && { confirm }),
      }).toString();
      return api.delete<Answer>(query === "" ? path : `${path}?${query}`);
    }
    const body = { ...request.body, ...(confirm !== undefined && { confirm }) };
    return request.method === "POST" ? api.post<Answer>(path, body) : api.patch<Answer>(path, body);
  };

  const withConsent = async (request: SendRequest): Promise<boolean> => {
    try {
      await once(request);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "confirmation_needed") throw error;
      const named = error.problem?.details?.name;
      const name = typeof named === "string" ? named : request.object;
      const yes = await ask({
        title: request.title,
        sentence: error.message,
        verb: request.verb,
        danger: true,
        typedName: request.typed || request.method === "DELETE" ? name : undefined,
      });
      if (!yes) return false;
      await once(request, name);
      return true;
    }
  };

  return async (request) => {
    if (request.quiet) return withConsent(request);
    try {
      return await withConsent(request);
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error), {
        id: `${request.method} ${request.path}`,
        detail: error instanceof ApiError ? error.problem?.engineText : undefined,
      });
      return false;
    }
  };
}
