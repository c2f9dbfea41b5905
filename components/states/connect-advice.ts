import "#lib/shared/i18n/pages/states.ts";
import type { MessageKey } from "#lib/shared/i18n/translate.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ConnectAttempt } from "#lib/shared/model/types.ts";

/** How Shoal may be started; each has its own words for the same fix. */
export const startWays = ["run", "compose", "stack", "remote"] as const;
export type StartWay = (typeof startWays)[number];

export interface Fix {
  readonly code: string;
  /** Parts of the code to point at. */
  readonly highlight: readonly string[];
}

type Failure = Exclude<ConnectAttempt["result"], "ok" | "skipped">;

/** What tells most about the cause, first: a socket that exists says more than one that does not. */
const telling: readonly Failure[] = [
  "no_permission",
  "too_old",
  "tls",
  "timeout",
  "not_docker",
  "refused",
  "unsupported",
  "error",
  "not_there",
];

/** The failed try that the page speaks about; null when nothing was tried or nothing failed. */
export function tellingAttempt(attempts: readonly ConnectAttempt[]): ConnectAttempt | null {
  const ranked = attempts
    .filter((attempt) => attempt.result !== "ok" && attempt.result !== "skipped")
    .sort((a, b) => telling.indexOf(a.result as Failure) - telling.indexOf(b.result as Failure));
  return ranked[0] ?? null;
}

/** Title and sentence of the page for a failed try. */
export function explain(attempt: ConnectAttempt | null): { title: string; lead: string } {
  const result = attempt?.result;
  if (!attempt || result === undefined || result === "ok" || result === "skipped") {
    return { title: t("states.noEngine.error.title"), lead: t("states.noEngine.error.lead") };
  }
  const lead: MessageKey =
    result === "no_permission" && attempt.gid !== null
      ? "states.noEngine.no_permission.leadGid"
      : `states.noEngine.${result}.lead`;
  return { title: t(`states.noEngine.${result}.title`), lead: t(lead, { gid: String(attempt.gid) }) };
}

const socket = "/var/run/docker.sock";
const mount = `-v ${socket}:${socket}`;

/** The way that fits the failed try: another address only where the socket itself cannot be the answer. */
export function likelyWay(attempt: ConnectAttempt | null): StartWay {
  const isRemote = attempt?.target.startsWith("tcp:") || attempt?.target.startsWith("https:");
  return isRemote || attempt?.result === "tls" || attempt?.result === "unsupported" ? "remote" : "run";
}

/** The exact flag, in the words of how Shoal is started. */
export function fixFor(way: StartWay, attempt: ConnectAttempt | null): Fix {
  const denied = attempt?.result === "no_permission";
  const gid = attempt?.gid === null || attempt?.gid === undefined ? "GROUP_ID" : String(attempt.gid);
  switch (way) {
    case "run": {
      const group = `--group-add ${gid}`;
      const lines = ["docker run -d --name shoal -p 9000:9000", mount, "-v shoal_data:/data shoal"];
      if (denied) lines.splice(2, 0, group);
      return { code: lines.join(" \\\n  "), highlight: [denied ? group : mount] };
    }
    case "compose": {
      const group = `group_add: ["${gid}"]`;
      const volume = `- ${socket}:${socket}`;
      return {
        code: [
          "services:",
          "  shoal:",
          "    image: shoal",
          "    ports:",
          '      - "9000:9000"',
          ...(denied ? [`    ${group}`] : []),
          "    volumes:",
          `      ${volume}`,
          "      - shoal_data:/data",
          "volumes:",
          "  shoal_data:",
        ].join("\n"),
        highlight: [denied ? group : volume],
      };
    }
    case "stack":
      return stackFix(denied ? gid : null);
    case "remote": {
      const settings = [
        "-e DOCKER_HOST=tcp://ADDRESS:2376",
        "-e DOCKER_TLS_VERIFY=1 -e DOCKER_CERT_PATH=/certs",
        "-v ./certs:/certs:ro",
      ];
      return {
        code: ["docker run -d --name shoal -p 9000:9000", ...settings, "-v shoal_data:/data shoal"].join(
          " \\\n  ",
        ),
        highlight: settings,
      };
    }
  }
}

/** Swarm services take no extra groups: the user of the process carries the group instead. */
function stackFix(gid: string | null): Fix {
  const user = `user: "1000:${gid}"`;
  const volume = `- ${socket}:${socket}`;
  const place = "constraints: [node.role == manager]";
  return {
    code: [
      "services:",
      "  shoal:",
      "    image: shoal",
      "    ports:",
      '      - "9000:9000"',
      ...(gid ? [`    ${user}`] : []),
      "    volumes:",
      `      ${volume}`,
      "      - shoal_data:/data",
      "    deploy:",
      "      placement:",
      `        ${place}`,
      "volumes:",
      "  shoal_data:",
    ].join("\n"),
    highlight: gid ? [user] : [volume, place],
  };
}
