// The image's health check: asks this container's own server, and ends with 0 when it answers that it is well.
// It reads the variables and not the flags of `shoal serve`: in a container, settings are variables.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

// An agent is well while it runs: one that cannot reach its server tries for ever, and starting it anew would not help.
if (readFileSync("/proc/1/cmdline", "utf8").includes("/app/agent.mjs")) end(0, "the agent runs");

const { SHOAL_HOST, SHOAL_PORT, SHOAL_TLS_CERT } = process.env;
const everywhere = { "": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1" };
const request = (SHOAL_TLS_CERT ? https : http).get({
  host: everywhere[SHOAL_HOST ?? ""] ?? SHOAL_HOST,
  port: SHOAL_PORT || 9000,
  path: "/api/health",
  // The certificate is for the name people use, which is not this one; the answer comes from this container anyway.
  rejectUnauthorized: false,
  timeout: 4000,
});
request.on("timeout", () => request.destroy(new Error("no answer within 4 s")));
request.on("error", (error) => end(1, error.message));
request.on("response", ({ statusCode }) => end(statusCode === 200 ? 0 : 1, `status ${statusCode}`));

/** What is printed is shown by `docker inspect`. */
function end(code, text) {
  process.stdout.write(`${text}\n`);
  process.exit(code);
}
