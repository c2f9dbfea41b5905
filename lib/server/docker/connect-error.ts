import { stat } from "node:fs/promises";
import { AppError } from "#lib/shared/errors.ts";
import type { ConnectAttempt } from "#lib/shared/model/types.ts";
import type { Endpoint } from "./endpoint.ts";
import { causeOf, tunnelErrnos } from "./errors.ts";

/** An engine could not be reached or used. `attempt` says what was tried and why it failed, ready for the page. */
export class ConnectError extends AppError {
  readonly attempt: ConnectAttempt;

  constructor(attempt: ConnectAttempt, options: { cause?: unknown } = {}) {
    const code = attempt.result === "timeout" ? "engine_timeout" : "no_engine";
    super(code, `${attempt.target}: ${attempt.detail}`, options);
    this.name = "ConnectError";
    this.attempt = attempt;
  }
}

const tlsCodes =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|HOSTNAME_)/;

/** Finds out why a first call failed. Never throws; `error` is anything the dial or an AppError carried. */
export async function explainFailure(endpoint: Endpoint, error: unknown): Promise<ConnectError> {
  if (error instanceof ConnectError) return error;
  const failure = causeOf(error);
  const errno = failure?.errno ?? "";
  const text = failure?.text ?? (error instanceof Error ? error.message : String(error));
  const make = (result: ConnectAttempt["result"], detail: string, gid: number | null = null): ConnectError =>
    new ConnectError({ target: endpoint.label, result, detail: detail.slice(0, 500), gid }, { cause: error });

  if (failure?.kind === "timeout") return make("timeout", `no answer within ${failure.timeoutMs} ms`);
  if (errno === "ENOENT" || errno === "ENOTDIR") return make("not_there", `${errno}: nothing at this path`);
  if (errno === "ENOTFOUND" || errno === "EAI_AGAIN") return make("not_there", `${errno}: unknown host name`);
  if (errno === "EACCES" || errno === "EPERM") return noPermission(endpoint, errno, make);
  if (errno === tunnelErrnos.offline) return make("not_there", "the agent is not connected");
  if (errno === "ECONNREFUSED") return make("refused", "ECONNREFUSED: nothing listens there");
  if (errno === "EHOSTUNREACH" || errno === "ENETUNREACH" || errno === "EHOSTDOWN") {
    return make("not_there", `${errno}: no way to this host`);
  }
  if (errno === "ETIMEDOUT") return make("timeout", "ETIMEDOUT: the host does not answer");
  if (tlsCodes.test(errno) || /certificate|TLS|SSL/.test(text)) return make("tls", `${errno} ${text}`.trim());
  if (errno.startsWith("HPE_")) return make("not_docker", `${errno}: the answer is not HTTP`);
  if (failure?.kind === "answered") {
    // Docker's answer to plain HTTP on its TLS port.
    if (/HTTP request to an HTTPS server/i.test(text)) return make("tls", "this engine wants TLS");
    return make("not_docker", `HTTP ${failure.status}: ${text}`);
  }
  return make("error", `${errno} ${text}`.trim());
}

async function noPermission(
  endpoint: Endpoint,
  errno: string,
  make: (result: ConnectAttempt["result"], detail: string, gid: number | null) => ConnectError,
): Promise<ConnectError> {
  if (endpoint.kind !== "unix") return make("no_permission", errno, null);
  try {
    const facts = await stat(endpoint.path);
    const mode = (facts.mode & 0o777).toString(8).padStart(4, "0");
    return make(
      "no_permission",
      `${errno}: mode ${mode}, owner uid ${facts.uid}, group gid ${facts.gid}`,
      facts.gid,
    );
  } catch {
    return make("no_permission", `${errno}: a folder above the socket is closed to this user`, null);
  }
}
