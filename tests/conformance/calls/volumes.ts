import type { Area } from "../subject.ts";

/** Volumes of one node. */
export const volumes: Area = async (s) => {
  await s.call("list of nothing", "GET", "/volumes");
  await s.call("no such volume", "GET", "/volumes/nope");
  await s.call("remove no such volume", "DELETE", "/volumes/nope");
  const create = (name: string, body: unknown) => s.call(name, "POST", "/volumes/create", { body });
  await s.events("create: events", { type: ["volume"], about: "conf_vol", last: "create" }, () =>
    create("create", { Name: "conf_vol", Driver: "local", Labels: { a: "1" } }),
  );
  await create("the same again", { Name: "conf_vol", Driver: "local" });
  await create("without a name", {});
  await create("a bad name", { Name: "a b" });
  await create("a bad option", { Name: "conf_bad", DriverOpts: { nope: "1" } });
  await create("nonsense", "{");
  await s.call("list", "GET", "/volumes");
  await s.call("list by name", "GET", "/volumes", { query: { filters: { name: ["conf"] } } });
  await s.call("list with an unknown filter", "GET", "/volumes", { query: { filters: { bogus: ["1"] } } });
  await s.call("inspect", "GET", "/volumes/conf_vol");
  const { Id } = JSON.parse(
    (
      await s.ask("POST", "/containers/create", {
        query: { name: "conf_vol_user" },
        body: { Image: "lab/web:1", HostConfig: { Binds: ["conf_vol:/data"] } },
      })
    ).text,
  );
  await s.call("remove what is in use", "DELETE", "/volumes/conf_vol");
  await s.call("a container with a volume", "GET", `/containers/${Id}/json`);
  await s.call("disk use", "GET", "/system/df");
  await s.ask("DELETE", `/containers/${Id}`);
  await s.events("remove: events", { type: ["volume"], about: "conf_vol", last: "destroy" }, () =>
    s.call("remove", "DELETE", "/volumes/conf_vol"),
  );
  await s.call("prune", "POST", "/volumes/prune");
};
