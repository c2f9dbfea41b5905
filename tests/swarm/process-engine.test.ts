import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClusterInfo, ConnectAttempt } from "#lib/shared/model/types.ts";
import { makeAuthority } from "../lab/certificates.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { type Shoal, startShoal } from "../lab/shoal.ts";
import { waitFor } from "../lab/wait.ts";

const base = mkdtempSync(join(tmpdir(), "shoal-engine-"));
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: "process: engines", nodes: 1, managers: 1 });
});
afterAll(async () => {
  await lab?.down();
  rmSync(base, { recursive: true });
});

async function info(shoal: Shoal): Promise<ClusterInfo> {
  const { body } = await shoal.api("GET", "/api/v1/clusters/local");
  return body as ClusterInfo;
}

/** Waits for a try that ended so, and answers it. */
function attempt(shoal: Shoal, result: ConnectAttempt["result"]): Promise<ConnectAttempt> {
  return waitFor(`a try that ends with ${result}`, async () => {
    const { phase, attempts } = await info(shoal);
    const found = attempts.find((each) => each.result === result);
    if (phase !== "no_engine" || !found) throw new Error(`${phase}, ${JSON.stringify(attempts)}`);
    return found;
  });
}

/** Waits until Shoal shows the lab's node. */
function untilConnected(shoal: Shoal): Promise<true> {
  return waitFor("the lab's node", async () => {
    const { body } = await shoal.api("GET", "/api/v1/clusters/local/nodes");
    const { items = [] } = body as { items?: { name: string; state: string }[] };
    if (items[0]?.name !== "node1") throw new Error(`${(await info(shoal)).phase}, ${JSON.stringify(body)}`);
    return true as const;
  });
}

async function withShoal(options: Parameters<typeof startShoal>[0], use: (shoal: Shoal) => Promise<void>) {
  const shoal = await startShoal(options);
  try {
    await use(shoal);
  } finally {
    await shoal.stop();
  }
}

test("an engine that comes up later is connected to without help", async () => {
  const path = join(base, "later.sock");
  await withShoal({ engines: [`unix://${path}`] }, async (shoal) => {
    expect(await attempt(shoal, "not_there")).toMatchObject({ target: `unix://${path}` });
    symlinkSync(lab.socket("node1"), path);
    await untilConnected(shoal);
    expect((await info(shoal)).phase).toBe("ready");
  });
});

test("a socket this user may not use: says so with its group, and connects once it may", async () => {
  const socket = lab.socket("node1");
  const { gid, mode } = statSync(socket);
  const runAs = { uid: 65_534, gid: 65_534 };
  try {
    await withShoal({ engines: [lab.host("node1")], runAs }, async (shoal) => {
      const refused = await attempt(shoal, "no_permission");
      expect(refused.gid).toBe(gid);
      expect(refused.detail).toContain(`group gid ${gid}`);
      chmodSync(socket, 0o666);
      await untilConnected(shoal);
    });
  } finally {
    chmodSync(socket, mode & 0o777);
  }
});

describe("an engine over TCP with TLS", () => {
  let door: Server;
  let host = "";
  const certs = join(base, "certs");

  beforeAll(async () => {
    for (const dir of [certs, join(base, "strangers")]) mkdirSync(dir);
    const authority = await makeAuthority(certs);
    await authority.issue({ certFile: join(certs, "cert.pem"), keyFile: join(certs, "key.pem") });
    const [ca, cert, key] = ["ca.pem", "cert.pem", "key.pem"].map((file) => readFileSync(join(certs, file)));
    // As `dockerd --tlsverify`: who comes without a certificate of the authority is not let in.
    door = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (client) => {
      const engine = connectPlain(lab.socket("node1"));
      client.pipe(engine).pipe(client);
      client.on("error", () => engine.destroy());
      engine.on("error", () => client.destroy());
    });
    await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
    const address = door.address();
    host = `tcp://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  });
  afterAll(() => void door?.close());

  test("with the certificates of DOCKER_CERT_PATH it is connected to", async () => {
    const env = { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: certs };
    await withShoal({ engines: [host], env }, async (shoal) => {
      await untilConnected(shoal);
      expect((await info(shoal)).links[0]).toMatchObject({ ok: true, target: host });
    });
  });

  test("with those of another authority it is not, and the page says it is TLS", async () => {
    const strangers = join(base, "strangers");
    const other = await makeAuthority(strangers);
    await other.issue({ certFile: join(strangers, "cert.pem"), keyFile: join(strangers, "key.pem") });
    const env = { DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: strangers };
    await withShoal({ engines: [host], env }, async (shoal) => {
      expect((await attempt(shoal, "tls")).target).toBe(host);
    });
  });

  test("without TLS it is not either", async () => {
    await withShoal({ engines: [host] }, async (shoal) => {
      await waitFor("a failed try", async () => {
        const { phase, attempts } = await info(shoal);
        return phase === "no_engine" && attempts.some(({ result }) => result !== "ok");
      });
    });
  });
});
