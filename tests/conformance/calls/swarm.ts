import type { Area } from "../subject.ts";

/** The swarm itself. */
export const swarm: Area = async (s) => {
  const found = await s.call("inspect", "GET", "/swarm");
  await s.call("on a worker", "GET", "/swarm", { node: -1 });
  await s.call("unlock key", "GET", "/swarm/unlockkey");
  await s.call("unlock what is not locked", "POST", "/swarm/unlock", { body: { UnlockKey: "SWMKEY-1-x" } });
  await s.call("update with an old version", "POST", "/swarm/update", {
    query: { version: 1 },
    body: found.Spec,
  });
  await s.call("update without a version", "POST", "/swarm/update", { body: found.Spec });
  await s.call("update with nonsense", "POST", "/swarm/update", {
    query: { version: found.Version.Index },
    body: "{",
  });
  await s.call("rotate a token", "POST", "/swarm/update", {
    query: { version: found.Version.Index, rotateWorkerToken: true },
    body: found.Spec,
  });
  const after = await s.json("/swarm");
  s.note("what a rotation changes", {
    worker: after.JoinTokens.Worker !== found.JoinTokens.Worker,
    manager: after.JoinTokens.Manager !== found.JoinTokens.Manager,
    form: /^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/.test(after.JoinTokens.Worker),
  });
  await s.call("init what is already one", "POST", "/swarm/init", {
    body: { ListenAddr: "0.0.0.0:2377", AdvertiseAddr: "127.0.0.1" },
  });
  await s.call("join what is already in one", "POST", "/swarm/join", {
    body: { ListenAddr: "0.0.0.0:2377", RemoteAddrs: ["127.0.0.1:1"], JoinToken: "x" },
  });
  await s.call("the last manager leaves", "POST", "/swarm/leave", {});
};
