import type { Problem } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { ApiError } from "./api.ts";

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Bytes that have gone so far. */
  readonly onProgress: (sent: number) => void;
}

/** Sends a file as the body of a request; `fetch` cannot tell how far it is. `path` is below /api/v1. Throws ApiError. */
export function uploadFile(path: string, file: Blob, { signal, onProgress }: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1${path}`);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = () => reject(new ApiError(t("errors.network"), 0, null));
    request.onabort = () => reject(new DOMException("stopped", "AbortError"));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve();
      const problem = problemOf(request.responseText);
      reject(new ApiError(problem?.detail ?? `HTTP ${request.status}`, request.status, problem));
    };
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function problemOf(text: string): Problem | null {
  try {
    const value = JSON.parse(text) as Partial<Problem> | null;
    return typeof value?.code === "string" && typeof value.detail === "string" ? (value as Problem) : null;
  } catch {
    return null;
  }
}
