import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "#lib/shared/api/operation.ts";
import { operations } from "#lib/shared/api/operations.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import { type ErrorCode, errorStatus, type Problem } from "#lib/shared/errors.ts";
import { mayDo, permissions, type Role, roles } from "#lib/shared/roles.ts";
import { auditRows, inDatabase } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { openSocket, SocketRefused, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { bodies, onlyInBrowser } from "./guard-bodies.ts";
import { peopleOf } from "./people-on-lab.ts";

let lab: Lab;
let shoal: Shoal;
let tokens: Record<Role, string>;
let cookie: string;
/** Somebody who may not see the cluster `local`. */
let outsider: string;

beforeAll(async () => {
  lab = await startLab({ name: "api guard", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")] });
  const [viewer, operator, admin] = await Promise.all(roles.map((role) => shoal.token(role)));
  tokens = { viewer: viewer ?? "", operator: operator ?? "", admin: admin ?? "" };
  cookie = await signInOver(shoal.url, shoal.user, shoal.password);
  const { person } = peopleOf(() => shoal);
  outsider = (await person("outsider", "operator")).cookie;
  await shoal.api("PATCH", "/api/v1/users/outsider", { clusters: { local: "none" } });
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "web", "lab/web:1");
  await waitFor("the service in the list", async () => {
    const { body } = await shoal.api("GET", "/api/v1/clusters/local/services");
    return (body as { items?: unknown[] }).items?.length === 1;
  });
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});

const services = "/api/v1/clusters/local/services";
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Is this answer an error as the contract says: problem+json, a known code with its status, our headers? */
function problemOf(answer: { status: number; headers: Headers; body: unknown }): Problem {
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  const problem = answer.body as Problem;
  expect(problem.status).toBe(answer.status);
  expect(errorStatus[problem.code]).toBe(answer.status);
  expect(problem.detail).not.toBe("");
  return problem;
}

async function call(operation: Operation, body: unknown, headers: Record<string, string>, cluster = "local") {
  const path = operation.path
    .replace("{cluster}", cluster)
    .replace("{id}", "no-such-thing")
    .replace("{rev}", "1")
    .replace("{token}", "no-such-thing");
  const ended = new AbortController();
  const response = await fetch(`${shoal.url}/api/v1${path}`, {
    method: operation.method,
    signal: AbortSignal.any([ended.signal, AbortSignal.timeout(30_000)]),
    headers: { origin: shoal.url, "content-type": "application/json", ...headers },
    ...(operation.body ? { body: JSON.stringify(body ?? {}) } : {}),
  });
  if (operation.stream && response.ok) {
    ended.abort();
    return { status: response.status, headers: response.headers, body: undefined };
  }
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

describe.each(Object.entries<Operation>(operations))("%s", (id, operation) => {
  const body = bodies[id as keyof typeof operations];
  const { permission } = operation;

  test("is refused without a credential, unless it is public", async () => {
    const answer = await call(operation, body, {});
    if (permission === "public" && !operation.ownCredential) {
      expect(answer.status).not.toBe(401);
      expect(answer.status).toBeLessThan(500);
      return;
    }
    expect(problemOf(answer).code).toBe("unauthenticated");
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  });

  test.each(roles)("is for a %s what the table of roles says", async (role) => {
    const answer = await call(operation, body, bearer(tokens[role]));
    // What a person may do counts for nothing there.
    if (operation.ownCredential)
      return expect(problemOf(answer).code).toMatch(/^(unauthenticated|slow_down)$/);
    const allowed = permission === "public" || mayDo(role, permission);
    if (!allowed) {
      const problem = problemOf(answer);
      expect(problem.code).toBe("forbidden");
      expect(problem.details).toMatchObject({ role, needed: permissions[permission] });
      const newest = auditRows(shoal.dataDir, 1)[0];
      expect(newest).toMatchObject({
        result: "denied",
        action: operation.audit ?? id,
        role,
        userName: `token test ${role}`,
      });
      return;
    }
    expect([401, ...(onlyInBrowser.has(id) ? [] : [403])]).not.toContain(answer.status);
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
    if (answer.status >= 400) problemOf(answer);
  });

  if (!operation.path.includes("{cluster}")) return;
  test("has no cluster for who may not see it", async () => {
    const who = { cookie: outsider };
    const [hidden, unknown] = [await call(operation, body, who), await call(operation, body, who, "nowhere")];
    expect(problemOf(hidden).code).toBe("not_found");
    expect(JSON.stringify(hidden.body)).toBe(JSON.stringify(unknown.body).replaceAll("nowhere", "local"));
  });
});

test("roles and labels of a node are the admin's, and the attempt is written down", async () => {
  const [node] = (
    (await shoal.api("GET", "/api/v1/clusters/local/nodes")).body as { items: { id: string }[] }
  ).items;
  const path = `/api/v1/clusters/local/nodes/${node?.id}`;
  for (const body of [{ role: "worker" }, { labels: { zone: "a" } }]) {
    const answer = await shoal.api("PATCH", path, body, { token: tokens.operator });
    expect(problemOf(answer).code).toBe("forbidden");
    expect(auditRows(shoal.dataDir, 1)[0]).toMatchObject({ action: "node.update", result: "denied" });
  }
});

describe("the live socket", () => {
  const refusal = async (headers: Record<string, string>, path?: string) => {
    const refused = await openSocket(shoal.url, headers, path).catch((error: unknown) => error);
    if (!(refused instanceof SocketRefused)) throw new Error("the socket was opened");
    expect(refused.headers["content-type"]).toBe("application/problem+json");
    const { code, status } = JSON.parse(refused.body) as Problem;
    expect(status).toBe(refused.status);
    return code;
  };

  test.each<[string, () => Record<string, string>, ErrorCode, string?]>([
    ["nobody", () => ({ origin: shoal.url }), "unauthenticated"],
    ["a wrong token", () => bearer(`shoal_${"0".repeat(12)}_${"x".repeat(32)}`), "unauthenticated"],
    ["a cookie from a foreign page", () => ({ cookie, origin: "http://evil.test" }), "bad_origin"],
    ["a cookie without an origin", () => ({ cookie }), "bad_origin"],
    ["an unknown path", () => ({ cookie, origin: shoal.url }), "not_found", "/ws/nothing"],
  ])("refuses %s", async (_who, headers, code, path) => {
    expect(await refusal(headers(), path)).toBe(code);
  });

  test.each(roles)("shows the cluster to a %s", async (role) => {
    const viewer = await watchCluster(shoal.url, bearer(tokens[role]));
    const model = await waitFor("a picture", () => viewer.model());
    expect(Object.values(model.services).map((service) => service.name)).toEqual(["web"]);
    viewer.close();
  });

  test.each([
    ["no JSON", "hello"],
    ["another type", '{"type":"shutdown"}'],
    ["a cluster that is no text", '{"type":"subscribe","sub":1,"topic":"cluster","cluster":7}'],
    ["a frame that is too large", `{"type":"${"x".repeat(100_000)}"}`],
  ])("is closed after %s", async (_what, frame) => {
    const socket = await openSocket(shoal.url, bearer(tokens.viewer));
    const closed = new Promise<number>((resolve) => socket.on("close", resolve));
    socket.send(frame);
    expect([closeCodes.badFrame, 1009]).toContain(await closed);
  });

  test("ends with its session, and with nobody else's", async () => {
    const mine = await signInOver(shoal.url, shoal.user, shoal.password);
    const [watched, other] = await Promise.all([
      watchCluster(shoal.url, { cookie: mine, origin: shoal.url }),
      watchCluster(shoal.url, { cookie, origin: shoal.url }),
    ]);
    const asMe = { token: null, headers: { cookie: mine, origin: shoal.url } };
    const list = await shoal.api("GET", "/api/v1/me/sessions", undefined, asMe);
    const current = (list.body as { items: { id: string; current: boolean }[] }).items.find((s) => s.current);
    const asOther = { token: null, headers: { cookie, origin: shoal.url } };
    const path = `/api/v1/me/sessions/${current?.id}`;
    expect((await shoal.api("DELETE", path, undefined, asOther)).status).toBe(204);
    expect(await waitFor("the socket to be closed", () => watched.closed())).toBe(closeCodes.signedOut);
    expect(other.closed()).toBeNull();
    expect((await shoal.api("GET", "/api/v1/me", undefined, asMe)).status).toBe(401);
    expect((await shoal.api("GET", "/api/v1/me", undefined, asOther)).status).toBe(200);
    other.close();
  });

  test("ends when its token expires", async () => {
    const token = await shoal.token("viewer", "short");
    const watched = await watchCluster(shoal.url, bearer(token));
    expect((await shoal.api("GET", "/api/v1/me", undefined, { token })).status).toBe(200);
    const [, id] = token.split("_");
    inDatabase(shoal.dataDir, (db) => db.prepare("UPDATE tokens SET expires_at = 1 WHERE id = ?").run(id));
    expect((await shoal.api("GET", "/api/v1/me", undefined, { token })).status).toBe(401);
    expect(await waitFor("the socket to be closed", () => watched.closed())).toBe(closeCodes.signedOut);
  });
});

describe("input that is wrong", () => {
  const scale = `${services}/web/scale`;
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(shoal.url + path, {
      ...init,
      headers: { "content-type": "application/json", ...bearer(tokens.admin), ...init.headers },
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  test.each<[string, string, RequestInit, ErrorCode]>([
    ["no JSON", scale, { method: "POST", body: "{replicas" }, "invalid_input"],
    ["bytes that are no text", scale, { method: "POST", body: new Uint8Array([0xff, 0xfe, 0]) }, "invalid_input"],
    ["a list", scale, { method: "POST", body: "[]" }, "invalid_input"],
    ["null", scale, { method: "POST", body: "null" }, "invalid_input"],
    ["nothing", scale, { method: "POST" }, "invalid_input"],
    ["a number as text", scale, { method: "POST", body: '{"replicas":"3"}' }, "invalid_input"],
    ["a fraction", scale, { method: "POST", body: '{"replicas":1.5}' }, "invalid_input"],
    ["a number beyond all bounds", scale, { method: "POST", body: '{"replicas":1e999}' }, "invalid_input"],
    ["less than nothing", scale, { method: "POST", body: '{"replicas":-1}' }, "invalid_input"],
    ["an unknown field", scale, { method: "POST", body: '{"replicas":1,"image":"x"}' }, "invalid_input"],
    ["a prototype", scale, { method: "POST", body: '{"replicas":1,"__proto__":{"a":1}}' }, "invalid_input"],
    ["deep nesting", scale, { method: "POST", body: `${"[".repeat(100_000)}` }, "invalid_input"],
    ["a form", scale, { method: "POST", body: "replicas=3", headers: { "content-type": "application/x-www-form-urlencoded" } }, "unsupported_media_type"],
    ["2 MB", scale, { method: "POST", body: JSON.stringify({ replicas: 1, confirm: "x".repeat(2 << 20) }) }, "too_large"],
    ["a wrong method", scale, { method: "PUT", body: "{}" }, "method_not_allowed"],
    ["an unknown query", `${services}?stakc=web`, {}, "invalid_input"],
    ["a long filter", `${services}?stack=${"x".repeat(300)}`, {}, "invalid_input"],
    ["an unknown cluster", "/api/v1/clusters/other/services", {}, "not_found"],
    ["an unknown service", `${services}/nothing`, {}, "not_found"],
    ["an unknown path", "/api/v1/nothing/here", {}, "not_found"],
    ["an unknown path of the API", "/api/nothing", {}, "not_found"],
    ["the API itself", "/api/v1", {}, "not_found"],
    ["a way up, encoded", `${services}/..%2f..%2finfo`, {}, "invalid_input"],
    ["a way up, encoded twice", `${services}/%252e%252e%252finfo`, {}, "invalid_input"],
    ["a backslash", `${services}/..%5c..%5cinfo`, {}, "invalid_input"],
    ["a zero byte", `${services}/web%00`, {}, "invalid_input"],
    ["a line break", `${services}/web%0d%0aX-Evil:%201`, {}, "invalid_input"],
    ["an id with a query", `${services}/web%3Fforce=1`, {}, "invalid_input"],
    ["a long id", `${services}/${"a".repeat(300)}`, {}, "invalid_input"],
    ["an escape that is none", `${services}/%ff`, {}, "invalid_input"],
    ["a cluster that leads elsewhere", "/api/v1/clusters/..%2f..%2fetc/services", {}, "invalid_input"],
  ])("%s", async (_what, path, init, code) => {
    const problem = problemOf(await send(path, init));
    expect(problem.code).toBe(code);
  }); // biome-ignore format: table

  test.each([
    [`${services}/../../../../../etc/passwd`],
    ["/../../etc/passwd"],
    ["/_next/static/../../../package.json"],
    ["/_next/static/..%2f..%2fserver%2fapp%2fpage.js"],
    ["//evil.test/api/v1/me"],
    ["http://evil.test/api/v1/me"],
    [`${services}/web%`],
    ["/api/v1/clusters/local/services/web/scale%2f..%2f.."],
  ])("the raw path %s", async (path) => {
    const { status, body } = await rawGet(path);
    expect(status).toBeGreaterThanOrEqual(300);
    expect(status).toBeLessThan(500);
    expect(body).not.toContain("root:");
    expect(body).not.toContain('"dependencies"');
  });

  /** Sends the path as it is; fetch would tidy it up. */
  function rawGet(path: string): Promise<{ status: number; body: string }> {
    const { hostname, port } = new URL(shoal.url);
    return new Promise((resolve, reject) => {
      const request = httpRequest({ hostname, port, path, headers: bearer(tokens.admin) }, (response) => {
        response.setEncoding("utf8");
        let body = "";
        response.on("data", (text: string) => {
          body += text;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      });
      request.on("error", reject).end();
    });
  }

  test("leaves no trace in the swarm, and the server goes on", async () => {
    const [web] = ((await shoal.api("GET", services)).body as { items: { replicas: number }[] }).items;
    expect(web?.replicas).toBe(1);
    expect(shoal.log()).not.toContain('"level":"fatal"');
    expect(shoal.log()).not.toContain("operation failed");
    expect(shoal.log()).not.toContain("request failed");
  });
});

test("a changing request by cookie needs to come from our own page", async () => {
  const post = (headers: Record<string, string>) =>
    shoal.api(
      "POST",
      `${services}/web/scale`,
      { replicas: 1 },
      { token: null, headers: { cookie, ...headers } },
    );
  const foreign: Record<string, string>[] = [
    {},
    { origin: "http://evil.test" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) expect(problemOf(await post(headers)).code).toBe("bad_origin");
  expect((await post({ origin: shoal.url })).status).toBe(200);
});

test("pages, the API and errors carry the security headers; scripts the nonce of their page", async () => {
  for (const path of ["/sign-in", "/api/health", "/api/v1/openapi.json", "/no-such-page", "/icon.svg", "/"]) {
    const { headers } = await fetch(shoal.url + path, { redirect: "manual" });
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("content-security-policy"), path).toMatch(/frame-ancestors 'none'/);
    expect(headers.get("content-security-policy"), path).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("x-powered-by"), path).toBeNull();
  }
  const page = await fetch(`${shoal.url}/sign-in`);
  const nonce = /'nonce-([^']+)'/.exec(page.headers.get("content-security-policy") ?? "")?.[1];
  const scripts = [...(await page.text()).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
});

test("wrong passwords slow down, and nothing secret is in the log", async () => {
  await expect(signInOver(shoal.url, shoal.user, "wrong password 1")).rejects.toThrow("wrong_credentials");
  for (let tries = 0; tries < 6; tries += 1)
    await signInOver(shoal.url, "nobody", `guess ${tries}`).catch(() => undefined);
  await expect(signInOver(shoal.url, "nobody", "guess")).rejects.toThrow(/^slow_down:\d+$/);
  // Somebody else behind the same address gets in.
  await signInOver(shoal.url, shoal.user, shoal.password);
  for (const secret of [shoal.password, "wrong password 1", tokens.admin.slice(-32), cookie.slice(-40)])
    expect(shoal.log()).not.toContain(secret);
});

test("a session survives a restart of the server", async () => {
  const asMe = { token: null, headers: { cookie } };
  await shoal.restart();
  expect((await shoal.api("GET", "/api/v1/me", undefined, asMe)).body).toMatchObject({
    name: "admin",
    role: "admin",
  });
});
