import type { Area } from "../subject.ts";

/** What every engine says about itself, and how it refuses what it cannot read. */
export const system: Area = async (s) => {
  await s.call("ping", "GET", "/_ping", { version: null });
  const ping = await s.ask("HEAD", "/_ping", { version: null });
  s.note(
    "ping: headers",
    Object.keys(ping.headers)
      .filter((name) => !/^(date|server|connection|content-length|keep-alive)$/.test(name))
      .sort(),
  );
  s.note("ping: what it says", [
    ping.headers["api-version"],
    ping.headers.ostype,
    ping.headers.swarm ?? null,
    ping.headers["docker-experimental"],
  ]);
  const version = await s.call("version", "GET", "/version", { version: null });
  s.note("version: numbers", [version.ApiVersion, version.MinAPIVersion, version.Os, version.Arch]);
  await s.call("info of a manager", "GET", "/info");
  await s.call("info of a worker", "GET", "/info", { node: -1 });
  await s.call("disk use", "GET", "/system/df");
  await s.call("a version that is too new", "GET", "/info", { version: "v1.99" });
  await s.call("a version that is too old", "GET", "/info", { version: "v1.2" });
  await s.call("no such page", "GET", "/nonsense");
  await s.call("a method that is not there", "DELETE", "/info");
  await s.call("events: bad filters", "GET", "/events", { query: { filters: "nonsense" } });
  await s.call("login where no registry is", "POST", "/auth", {
    body: { username: "a", password: "b", serveraddress: "127.0.0.1:1" },
  });
  await s.call("distribution of an image nobody has", "GET", "/distribution/nope/none:9/json");
  await s.call("distribution without a name", "GET", "/distribution/UPPER/json");
};
