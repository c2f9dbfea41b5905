import { describe, expect, it } from "vitest";
import { say } from "../i18n/phrase.ts";
import { t } from "../i18n/translate.ts";
import { errorInWords, exitInWords } from "./docker-words.ts";

const facts = {
  constraints: ["node.labels.gpu==true"],
  reservedNanoCpus: 0,
  reservedMemoryBytes: 4 * 1024 ** 3,
};

describe("errorInWords", () => {
  // Left side: texts seen from real engines (20.10 to 29).
  it.each([
    ["task: non-zero exit (137)", "exit 137, killed"],
    ["task: non-zero exit (1)", "exit 1, the program reported an error"],
    ["task: non-zero exit (42)", "exit 42"],
    ["No such image: nope/none:9", "no such image: nope/none:9"],
    [
      "manifest for acme/x:9 not found: manifest unknown",
      "the image cannot be pulled: not found, or no access",
    ],
    [
      "driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:8080 failed: port is already allocated",
      "port 8080 is taken",
    ],
    [
      'failed to create task for container: OCI runtime create failed: exec: "/nope": stat /nope: no such file or directory: unknown',
      "the image has no command /nope",
    ],
    [
      'invalid mount config for type "bind": bind source path does not exist: /srv/x',
      "/srv/x does not exist on the node",
    ],
    ["task: unhealthy container", "the health check failed"],
    ["task: something  new\nhappened", "something new happened"],
    ["no suitable node", "no node is suitable"],
    ["no suitable node (host-mode port already in use on 3 nodes)", "the port is taken on 3 nodes"],
    ["no suitable node (max replicas per node limit exceed)", "every node has its maximum of replicas"],
    [
      "no suitable node (1 node not available for new tasks; insufficient resources on 2 nodes)",
      "not enough CPU or memory on 2 nodes, 1 node takes no new tasks",
    ],
    [
      "no suitable node (scheduling constraints not satisfied on 4 nodes)",
      "4 nodes do not match the placement constraints",
    ],
  ])("%s", (text, words) => expect(say(t, errorInWords(text))).toBe(words));

  it.each([
    ["no suitable node (insufficient resources on 4 nodes)", "not enough memory on 4 nodes"],
    [
      "no suitable node (scheduling constraints not satisfied on 4 nodes)",
      "no node matches node.labels.gpu==true",
    ],
  ])("is more exact with the service's facts: %s", (text, words) => {
    expect(say(t, errorInWords(text, facts))).toBe(words);
  });

  it("shortens a text nobody can read", () => {
    expect(say(t, errorInWords("x".repeat(100_000))).length).toBe(160);
  });
});

it.each([
  [0, "exit 0, ended by itself"],
  [126, "exit 126, could not start the command"],
  [139, "exit 139, crashed"],
  [143, "exit 143, asked to stop"],
  [1234, "exit 1234"],
])("exit code %i is %s", (code, words) => expect(say(t, exitInWords(code))).toBe(words));
