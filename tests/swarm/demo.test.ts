import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openConsole } from "../lab/console.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";

/** What pages offer on the demo cluster, done through the API of a server that knows no other. */
let shoal: Shoal;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

beforeAll(async () => {
  shoal = await startShoal({
    engines: [`unix://${join(tmpdir(), "shoal-no-demo-engine.sock")}`],
    env: { SHOAL_DEMO: "on" },
  });
  await waitFor("the demo cluster", async () => (await ask("GET", "/services", undefined, 0)).status === 200);
  await waitFor("its containers", async () => (await containers()).length > 10);
});
afterAll(() => shoal?.stop());

async function ask(method: string, path: string, body?: unknown, expected = 2) {
  const answer = await shoal.api(method, `/api/v1/clusters/demo${path}`, body);
  if (expected === 2 && (answer.status < 200 || answer.status > 299)) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer;
}

async function containers(): Promise<readonly Row[]> {
  const { body } = await ask("GET", "/containers?all=1");
  return (body as { items: Row[] }).items;
}
const named = async (name: string) => {
  const found = (await containers()).find((row) => row.name === name);
  if (!found) throw new Error(`no container ${name}`);
  return found;
};

test("a container by hand: made, stopped, started, renamed, removed", async () => {
  const image = "nginx:1.27";
  await ask("POST", "/images/pulls", { image, nodes: ["swarm-1"] });
  await waitFor("the image", async () => JSON.stringify((await ask("GET", "/images")).body).includes(image));
  await waitFor("the image on its node", async () => {
    const answer = await ask("POST", "/containers", { node: "swarm-1", image, name: "by-hand" }, 0);
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return true;
  });
  const { id } = await waitFor("its row", () => named("by-hand"));
  await ask("POST", `/containers/${id}/stop`, {});
  await waitFor("its end", async () => (await named("by-hand")).state === "exited");
  await ask("POST", `/containers/${id}/start`, {});
  await waitFor("its start", async () => (await named("by-hand")).state === "running");
  await ask("POST", `/containers/${id}/rename`, { name: "renamed" });
  await waitFor("its name", () => named("renamed"));
  await ask("DELETE", `/containers/${id}?force=true`);
  await waitFor("its absence", async () => !(await containers()).some((row) => row.id === id));
});

test("a console in a task's container runs the toy shell", async () => {
  const row = (await containers()).find(
    ({ name, state }) => name.startsWith("web_api.") && state === "running",
  );
  const console = await openConsole(shoal, await shoal.token("admin", "demo"), row?.id ?? "", {
    cluster: "demo",
  });
  await console.until(/# $/);
  console.type("cat /etc/passwd\r");
  await console.until(/root:x:0:0/);
  console.type("exit 3\r");
  expect(await console.ended()).toMatchObject({ code: 3 });
});

test("secrets, configs, networks and volumes are made and removed; what is in use stays", async () => {
  const data = Buffer.from("hello").toString("base64");
  for (const kind of ["secrets", "configs"]) {
    await ask("POST", `/${kind}`, { name: "made", data });
    await ask("DELETE", `/${kind}/made`);
  }
  const refused = await ask("DELETE", "/secrets/web_db_password", undefined, 0);
  expect(refused.status).toBe(409);
  await ask("POST", "/networks", { name: "made", driver: "overlay" });
  await ask("DELETE", "/networks/made");
  await ask("POST", "/volumes", { node: "swarm-2", name: "made" });
  expect(JSON.stringify((await ask("GET", "/volumes")).body)).toContain('"made"');
  await ask("DELETE", "/volumes/made?node=swarm-2");
});

test("a service is made, and a stack is deployed and removed", async () => {
  const edits = [{ field: "image", value: "redis:7.4" }];
  const service = await ask("POST", "/services", { name: "alone", edits });
  expect(service.status).toBeLessThan(300);
  const text = "services:\n  one:\n    image: redis:7.4\n";
  await ask("POST", "/stacks/tried/deploy", { files: [{ name: "a.yml", text, kind: "compose" }] });
  await waitFor("its service", async () =>
    JSON.stringify((await ask("GET", "/services")).body).includes("tried_one"),
  );
  await ask("DELETE", "/stacks/tried", undefined, 0);
});

test("what only a real cluster has is refused with a sentence", async () => {
  const answer = await ask("POST", "/swarm/leave", { force: false }, 0);
  expect(answer.status).toBeGreaterThanOrEqual(400);
});
