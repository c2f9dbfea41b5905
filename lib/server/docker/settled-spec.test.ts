import { describe, expect, it } from "vitest";
import { sameSpec } from "./same-spec.ts";
import { projectedSpec } from "./settled-spec.ts";

/** As `docker stack deploy` sends it, and as the engine answers it then. Measured. */
const sent =
  '{"Name":"A_db","Labels":{"a":""},"TaskTemplate":{"ContainerSpec":{"Image":"lab/web:1","Env":["A=1"],"Privileges":{"CredentialSpec":null,"NoNewPrivileges":false}},"Resources":{},"RestartPolicy":{"Condition":"any"},"Placement":{},"Networks":[{"Target":"n1","Aliases":["db"]}],"ForceUpdate":0},"Mode":{"Replicated":{}},"UpdateConfig":{"Parallelism":1,"Order":""},"EndpointSpec":{"Ports":[{"TargetPort":80,"PublishedPort":81}]}}';
const live =
  '{"Name":"A_db","Labels":{"a":""},"TaskTemplate":{"ContainerSpec":{"Image":"lab/web:1","Env":["A=1"],"Privileges":{"CredentialSpec":null,"SELinuxContext":null},"Isolation":"default"},"Resources":{},"RestartPolicy":{"Condition":"any","MaxAttempts":0},"Placement":{},"Networks":[{"Target":"n1","Aliases":["db"]}],"ForceUpdate":0,"Runtime":"container"},"Mode":{"Replicated":{"Replicas":1}},"UpdateConfig":{"Parallelism":1,"FailureAction":"pause","MaxFailureRatio":0,"Order":"stop-first"},"EndpointSpec":{"Mode":"vip","Ports":[{"Protocol":"tcp","TargetPort":80,"PublishedPort":81,"PublishMode":"ingress"}]}}';

describe("what a client sends and what the engine shows", () => {
  it("is the same", () => {
    expect(sameSpec(sent, live)).toBe(true);
    expect(projectedSpec(live, sent)).toBe(live);
  });

  it.each([
    ["replicas", '"Replicated":{}', '"Replicated":{"Replicas":0}'],
    ["a port", '"PublishedPort":81', '"PublishedPort":82'],
    ["the kind of a mode", '"Replicated":{}', '"Global":{}'],
    ["a counter", '"ForceUpdate":0', '"ForceUpdate":1'],
    ["a label that becomes empty", '"Labels":{"a":""}', '"Labels":{}'],
    ["a number beyond 2^53", '"Resources":{}', '"Resources":{"Limits":{"MemoryBytes":9007199254740993}}'],
  ])("differs in %s alone", (_what, from, to) => {
    const changed = sent.replace(from, to);
    expect(changed).not.toBe(sent);
    expect(sameSpec(changed, live)).toBe(false);
    const shown = projectedSpec(live, changed);
    expect(sameSpec(shown, changed)).toBe(true);
    expect(shown).not.toBe(live);
    expect(shown).toContain('"Isolation":"default"');
  });
});
