import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NewTokenAnswer } from "#lib/shared/api/people-types.ts";
import { closeCodes } from "#lib/shared/close-codes.ts";
import type { ServerFrame } from "#lib/shared/topics.ts";
import { command } from "../lab/command.ts";
import { openConsole, ticketFor } from "../lab/console.ts";
import { auditRows } from "../lab/data-dir.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { NODE, payload } from "../lab/payload.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { openSocket, watchCluster } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { password, peopleOf } from "./people-on-lab.ts";

/** Clusters in one server: `local`, a real swarm, and `demo` and `demo-branch`, simulated ones. Nobody here is given a role in the last. */
let lab: Lab;
let shoal: Shoal;
beforeAll(async () => {
  lab = await startLab({ name: "access", nodes: 1, managers: 1 });
  shoal = await startShoal({ engines: [lab.host("node1")], env: { SHOAL_DEMO: "on" } });
  await lab.docker("node1", "service", "create", "--detach", "--quiet", "--name", "web", "lab/web:1");
  await lab.docker("node1", "run", "--detach", "--no-healthcheck", "--name", "box", "lab/web:1");
  await waitFor("both clusters", async () => {
    for (const id of ["local", "demo"]) {
      const { body } = await shoal.api("GET", `/api/v1/clusters/${id}`);
      if ((body as { phase: string }).phase !== "ready") throw new Error(JSON.stringify(body));
    }
    return true;
  });
});
afterAll(async () => {
  await shoal?.stop();
  await lab?.down();
});
const { ask, call, person } = peopleOf(() => shoal);

/** What every page of the demo has in it. */
const fromDemo = /ghcr\.io\/acme|simulated/i;

/** Changes what somebody may do in single clusters. */
const setClusters = (name: string, clusters: Record<string, string>) =>
  ask("PATCH", `/users/${name}`, { clusters });
const ids = (body: unknown) => (body as { items: { id: string }[] }).items.map(({ id }) => id).sort();

async function someone(name: string, role: "none" | "viewer", clusters: Record<string, string>) {
  const made = await person(name, "viewer");
  await ask("PATCH", `/users/${name}`, { role, clusters });
  // A lower role has ended the session that came with the account.
  const { cookie } = role === "none" ? await signedInAgain(name) : made;
  const who = { cookie };
  const headers = { cookie, origin: shoal.url };
  const token = async (input: { role: string; clusters?: string[] }) => {
    const body = { name: `of ${name}`, expiresInDays: 1, ...input };
    return (await ask<NewTokenAnswer>("POST", "/me/tokens", body, who)).token;
  };
  return { who, headers, token };
}
async function signedInAgain(name: string) {
  return { cookie: await signInOver(shoal.url, name, password) };
}

/** The newest list of clusters that this socket was sent. */
async function glances(headers: Record<string, string>) {
  const socket = await openSocket(shoal.url, headers);
  const lists: string[][] = [];
  let closed: number | null = null;
  socket.on("close", (code) => {
    closed = code;
  });
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === "clusters") lists.push(frame.clusters.map(({ id }) => id).sort());
  });
  socket.send(JSON.stringify({ type: "subscribe", sub: 1, topic: "clusters" }));
  const first = await waitFor("the list of clusters", () => lists[0]);
  return { first, closed: () => closed, close: () => socket.close() };
}

describe("an operator in one cluster who is nothing elsewhere", () => {
  test("acts there and sees nothing of the other: not by the API, a page, or the live socket", async () => {
    const { who, headers } = await someone("olga", "none", { local: "operator" });
    expect(ids(await ask("GET", "/clusters", undefined, who))).toEqual(["local"]);
    expect(await ask("GET", "/me", undefined, who)).toMatchObject({
      role: "none",
      clusters: { local: "operator" },
    });
    await ask("POST", "/clusters/local/services/web/scale", { replicas: 2 }, who);
    expect((await call("DELETE", "/clusters/local/services/web", undefined, who)).status).toBe(403);
    expect((await call("GET", "/clusters/demo/services", undefined, who)).status).toBe(404);
    expect(auditRows(shoal.dataDir, 1)[0]).toMatchObject({
      cluster: "demo",
      result: "denied",
      userName: "olga",
    });
    for (const page of [
      "map",
      "services",
      "containers",
      "events",
      "agents",
      "operations",
      "swarm",
      "volumes",
    ]) {
      const open = (cluster: string) => fetch(`${shoal.url}/c/${cluster}/${page}`, { headers });
      const [there, here] = [await open("demo"), await open("local")];
      expect([there.status, here.status], page).toEqual([404, 200]);
      // The demo's services and nodes are in no part of the answer.
      expect(await there.text(), page).not.toMatch(fromDemo);
    }
    const admin = { cookie: await signInOver(shoal.url, shoal.user, shoal.password) };
    const shown = await fetch(`${shoal.url}/c/demo/services`, { headers: admin });
    expect(await shown.text()).toMatch(fromDemo);
    const home = await fetch(shoal.url, { headers, redirect: "manual" });
    expect(home.headers.get("location")).toMatch(/\/c\/local$/);
    const list = await glances(headers);
    expect(list.first).toEqual(["local"]);
    list.close();
    const watched = await watchCluster(shoal.url, headers, "demo");
    const refusal = await waitFor("a refusal", () => watched.frames.find((text) => text.includes('"error"')));
    expect(refusal).toContain("not_found");
    watched.close();
  });

  test("gets the other cluster on an open socket at once, and loses it as fast", async () => {
    const { headers } = await someone("otto", "none", { local: "viewer" });
    const before = await glances(headers);
    expect(before.first).toEqual(["local"]);
    await setClusters("otto", { local: "viewer", demo: "viewer" });
    expect(await waitFor("the socket to be closed", () => before.closed())).toBe(closeCodes.accessChanged);
    const after = await glances(headers);
    expect(after.first).toEqual(["demo", "local"]);
    const watched = await watchCluster(shoal.url, headers, "demo");
    await waitFor("a picture", () => watched.model());
    await setClusters("otto", {});
    expect(await waitFor("the socket to be closed", () => watched.closed())).toBe(closeCodes.accessChanged);
    const last = await glances(headers);
    expect(last.first).toEqual([]);
    last.close();
    expect((await fetch(`${shoal.url}/clusters`, { headers }).then((page) => page.text())) ?? "").toContain(
      "You have access to no cluster.",
    );
    expect((await fetch(`${shoal.url}/account`, { headers })).status).toBe(200);
  });
});

describe("an admin of one cluster", () => {
  test("has consoles there alone, and loses them the moment the role is lower", async () => {
    const carl = await someone("carl", "viewer", { local: "admin" });
    const token = await carl.token({ role: "admin" });
    const other = await call("POST", "/clusters/demo/containers/x/consoles", {}, { token });
    expect(other.status).toBe(403);
    const waiting = await ticketFor(shoal, "box", { token, command: ["true"] });
    expect(waiting.status).toBe(200);
    const open = await openConsole(shoal, token, "box", { command: ["sh", "-c", "echo in; sleep 4321"] });
    await open.until(/in/);
    const socket = await openSocket(shoal.url, { authorization: `Bearer ${token}` }, "/ws/terminal");
    const refused = new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
    await setClusters("carl", { local: "operator" });
    expect((await open.ended(5_000)).reason).toBe("not_allowed");
    // Neither a socket that was open already nor a ticket from before goes on.
    const { ticket } = waiting.body as { ticket: string };
    socket.send(JSON.stringify({ type: "open", ticket, cols: 80, rows: 24 }));
    expect(JSON.parse(await refused)).toMatchObject({ type: "error", code: "forbidden" });
    await waitFor("the end of its process", async () => {
      const processes = await lab.docker("node1", "top", "box");
      return !processes.includes("4321");
    });
  });
});

test("a token for one cluster does not reach the other, nor the server, though its owner is an admin", async () => {
  const { body } = await shoal.api("POST", "/api/v1/users", {
    name: "ada", role: "admin", password,
  }); // biome-ignore format: short
  expect(body).toMatchObject({ user: { role: "admin", clusters: {} } });
  const { cookie } = await signedInAgain("ada");
  const input = { name: "demo only", role: "admin", clusters: ["demo"], expiresInDays: 1 };
  const { token, item } = await ask<NewTokenAnswer>("POST", "/me/tokens", input, { cookie });
  expect(item).toMatchObject({ clusters: ["demo"], effectiveRole: "admin" });
  expect(ids(await ask("GET", "/clusters", undefined, { token }))).toEqual(["demo"]);
  expect((await call("GET", "/clusters/local/services", undefined, { token })).status).toBe(404);
  expect((await call("GET", "/users", undefined, { token })).status).toBe(403);
  const unknown = { ...input, clusters: ["nowhere"] };
  expect((await call("POST", "/me/tokens", unknown, { cookie })).status).toBe(404);
});

test("the command line lists who may what", async () => {
  await someone("list", "viewer", { demo: "admin", local: "none" });
  const listed = await command(NODE, [payload(), "user", "list", "--data-dir", shoal.dataDir]);
  expect(listed.split("\n")).toContain("list\tviewer, admin in demo, none in local");
});

test("the audit log has what it was and what it became", async () => {
  await someone("dora", "viewer", { demo: "operator" });
  await setClusters("dora", { demo: "none" });
  const [row] = auditRows(shoal.dataDir, 1);
  expect(row).toMatchObject({ action: "user.update", object: "account dora", result: "ok" });
  expect(JSON.parse(String(row?.facts))).toEqual({
    clusters: { from: { demo: "operator" }, to: { demo: "none" } },
  });
  expect((await call("PATCH", "/users/dora", { clusters: { nowhere: "viewer" } })).status).toBe(404);
});
