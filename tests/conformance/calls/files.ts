import type { Area, Subject } from "../subject.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Secrets and configs are alike but for what they show. */
function walk(kind: "secrets" | "configs"): Area {
  const one = kind.slice(0, -1);
  return async (s: Subject) => {
    await s.call("list of nothing", "GET", `/${kind}`);
    await s.call("list with an unknown filter", "GET", `/${kind}`, { query: { filters: { bogus: ["1"] } } });
    await s.call("on a worker", "GET", `/${kind}`, { node: -1 });
    const create = (name: string, body: unknown) => s.call(name, "POST", `/${kind}/create`, { body });
    let made: { ID: string } = { ID: "" };
    await s.events("create: events", { type: [one], about: `conf_${one}`, last: "create" }, async () => {
      made = await create("create", { Name: `conf_${one}`, Labels: { a: "1" }, Data: base64("hello") });
    });
    await create("the same name again", { Name: `conf_${one}`, Data: base64("other") });
    await create("no name", { Name: "", Data: base64("x") });
    await create("a bad name", { Name: "a b", Data: base64("x") });
    await create("no data", { Name: "empty" });
    await create("too much data", { Name: "large", Data: base64("x".repeat(1_100_000)) });
    await create("nonsense", "{");
    await create("no base64", { Name: "bad64", Data: "%%%" });
    await create("without labels", { Name: "plain", Data: base64("x") });
    const found = await s.call("inspect", "GET", `/${kind}/${made.ID}`);
    await s.call("inspect by name", "GET", `/${kind}/conf_${one}`);
    await s.call("inspect by half an id", "GET", `/${kind}/${made.ID.slice(0, 10)}`);
    await s.call("list", "GET", `/${kind}`);
    await s.call("list by name", "GET", `/${kind}`, { query: { filters: { name: [`conf_${one}`] } } });
    await s.call("list by label", "GET", `/${kind}`, { query: { filters: { label: ["a=2"] } } });
    await s.call("no such thing", "GET", `/${kind}/nope`);
    await s.call("remove no such thing", "DELETE", `/${kind}/nope`);
    const change = (name: string, spec: unknown, version: number) =>
      s.call(name, "POST", `/${kind}/${made.ID}/update`, { query: { version }, body: spec });
    const index = found.Version.Index;
    await change("other data", { Name: `conf_${one}`, Labels: {}, Data: base64("other") }, index);
    await change("another name", { Name: "renamed", Labels: {} }, index);
    await change("an old version", { ...found.Spec, Labels: { b: "2" } }, index - 1);
    await s.call("no version", "POST", `/${kind}/${made.ID}/update`, { body: found.Spec });
    await s.events("labels: events", { type: [one], about: `conf_${one}`, last: "update" }, () =>
      change("labels", { ...found.Spec, Labels: { b: "2" } }, index),
    );
    const user = await s.ask("POST", "/services/create", {
      body: {
        Name: `uses-${one}`,
        TaskTemplate: {
          ContainerSpec: {
            Image: "lab/web:1",
            [kind === "secrets" ? "Secrets" : "Configs"]: [
              {
                File: { Name: "f", UID: "0", GID: "0", Mode: 292 },
                ...(kind === "secrets"
                  ? { SecretID: made.ID, SecretName: "conf_secret" }
                  : { ConfigID: made.ID, ConfigName: "conf_config" }),
              },
            ],
          },
        },
        Mode: { Replicated: { Replicas: 0 } },
      },
    });
    const { ID } = JSON.parse(user.text) as { ID: string };
    await s.call("remove what is in use", "DELETE", `/${kind}/${made.ID}`);
    await s.ask("DELETE", `/services/${ID}`);
    await s.events("remove: events", { type: [one], about: `conf_${one}`, last: "remove" }, () =>
      s.call("remove", "DELETE", `/${kind}/${made.ID}`),
    );
    await s.ask("DELETE", `/${kind}/plain`);
    const plain = (await s.json(`/${kind}`)).find(
      (each: { Spec: { Name: string } }) => each.Spec.Name === "plain",
    );
    if (plain) await s.ask("DELETE", `/${kind}/${plain.ID}`);
  };
}

export const secrets = walk("secrets");
export const configs = walk("configs");
