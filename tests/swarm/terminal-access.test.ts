import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "#lib/shared/errors.ts";
import { ticketFor } from "../lab/console.ts";
import { auditRows } from "../lab/data-dir.ts";
import type { Lab } from "../lab/lab.ts";
import type { Shoal } from "../lab/shoal.ts";
import { signInOver } from "../lab/sign-in.ts";
import { openSocket, SocketRefused } from "../lab/viewer.ts";
import { waitFor } from "../lab/wait.ts";
import { type ConsoleLab, runContainer, sh, startConsoleLab } from "./console-on-lab.ts";

let here: ConsoleLab;
let lab: Lab;
let shoal: Shoal;
let admin: string;

beforeAll(async () => {
  here = await startConsoleLab("terminal access");
  ({ lab, shoal, admin } = here);
});
afterAll(() => here?.stop());
afterEach(() => here.closeAll());

const run = (...args: [name: string, node: string, ...command: string[]]) => runContainer(lab, ...args);
const top: ConsoleLab["top"] = (...args) => here.top(...args);
const open: ConsoleLab["open"] = (...args) => here.open(...args);

describe("who may", () => {
  test("viewers and operators may not, and that is written down", async () => {
    for (const role of ["viewer", "operator"]) {
      const token = await shoal.token(role);
      expect((await ticketFor(shoal, "box", { token })).status).toBe(403);
      const socket = openSocket(shoal.url, { authorization: `Bearer ${token}` }, "/ws/terminal");
      await expect(socket).rejects.toMatchObject({ status: 403 });
      const rows = auditRows(shoal.dataDir).filter((row) => row.role === role && row.result === "denied");
      expect(rows.map(({ action }) => action)).toEqual(["container.console", "container.console"]);
    }
    await expect(openSocket(shoal.url, {}, "/ws/terminal")).rejects.toBeInstanceOf(SocketRefused);
    const cookie = await signInOver(shoal.url, shoal.user, shoal.password);
    const foreign = { cookie, origin: "https://elsewhere.example" };
    await expect(openSocket(shoal.url, foreign, "/ws/terminal")).rejects.toMatchObject({ status: 403 });
  });

  test("a ticket is good once, for who asked", async () => {
    const { body } = await ticketFor(shoal, "box", { token: admin, command: ["true"] });
    const { ticket } = body as { ticket: string };
    const use = async (token: string, text: string) => {
      const socket = await openSocket(shoal.url, { authorization: `Bearer ${token}` }, "/ws/terminal");
      const answer = new Promise<string>((resolve) =>
        socket.once("message", (data) => resolve(String(data))),
      );
      socket.send(JSON.stringify({ type: "open", ticket: text, cols: 80, rows: 24 }));
      return JSON.parse(await answer) as { type: string; code?: string };
    };
    expect(await use(admin, "not-a-ticket")).toMatchObject({ type: "error", code: "forbidden" });
    expect(await use(await shoal.token("admin", "thief"), ticket)).toMatchObject({ code: "forbidden" });
    // A stranger has burnt it.
    expect(await use(admin, ticket)).toMatchObject({ type: "error", code: "forbidden" });
    const fresh = (await ticketFor(shoal, "box", { token: admin, command: ["true"] })).body as {
      ticket: string;
    };
    expect(await use(admin, fresh.ticket)).toMatchObject({ type: "opened" });
    expect(await use(admin, fresh.ticket)).toMatchObject({ type: "error", code: "forbidden" });
  });

  test("a revoked credential ends its consoles at once, processes included", async () => {
    const token = await shoal.token("admin", "short lived");
    const doomed = await open("box", { token, command: sh("echo in; sleep 5432") });
    await doomed.until(/in/);
    const { body } = await shoal.api("GET", "/api/v1/tokens");
    const { items } = body as { items: { id: string; name: string }[] };
    const id = items.find(({ name }) => name === "short lived")?.id ?? "";
    expect((await shoal.api("DELETE", `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await doomed.ended(3_000)).reason).toMatch(/signed_out|refused/);
    await waitFor("the end of its process", async () => !(await top("box")).includes("5432"));
  });

  test("frames that are none close the socket", async () => {
    for (const frame of [
      "nonsense",
      JSON.stringify({ type: "resize", cols: 1, rows: 1 }),
      Buffer.from("x"),
    ]) {
      const socket = await openSocket(shoal.url, { authorization: `Bearer ${admin}` }, "/ws/terminal");
      const code = new Promise<number>((resolve) => socket.once("close", resolve));
      socket.send(frame);
      expect(await code).toBe(4400);
    }
  });
});

test("a container that does not run, or is not there, is named", async () => {
  await run("over", "node1", "true");
  await waitFor("its end", async () =>
    (await lab.docker("node1", "inspect", "--format", "{{.State.Status}}", "over")).includes("exited"),
  );
  const over = await ticketFor(shoal, "over");
  expect(over.body).toMatchObject({ code: "conflict" });
  expect((over.body as Problem).detail).toContain("over does not run (exited)");
  expect((await ticketFor(shoal, "nowhere")).body).toMatchObject({ code: "not_found" });
  await run("twin", "node1", "sleep", "1000");
  await run("twin", "node2", "sleep", "1000");
  const twin = await ticketFor(shoal, "twin");
  expect(twin.body).toMatchObject({ code: "conflict" });
  expect((twin.body as Problem).detail).toContain("node1, node2");
  expect((await ticketFor(shoal, "twin", { node: "node2" })).body).toMatchObject({ node: { name: "node2" } });
});
