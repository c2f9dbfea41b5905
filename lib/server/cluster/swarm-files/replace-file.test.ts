import { expect, it } from "vitest";
import { namesFile, replaceFile } from "./replace-file.ts";

const old = { id: "old1", name: "key" };
const next = { id: "new1", name: "key_2" };

it("changes the references alone, byte for byte, wherever a service names it", () => {
  const one = `{"File":{"Name":"a","UID":"0","GID":"5","Mode":256,"Odd":12345678901234567890},"SecretID":"old1","SecretName":"key"}`;
  const other = `{"File":{"Name":"b","UID":"0","GID":"0","Mode":292},"SecretID":"else","SecretName":"\\u0062"}`;
  const twice = `{"SecretID":"old1","SecretName":"key","File":{"Name":"/run/c","Mode":256}}`;
  const spec = `{"Name":"web","Future":1e400,"TaskTemplate":{"ContainerSpec":{"Env":["A=old1"],"Secrets":[${one},${other},${twice}],"Configs":[{"ConfigID":"old1"}]},"ForceUpdate":0}}`;
  const expected = spec
    .replaceAll('"SecretID":"old1","SecretName":"key"', '"SecretID":"new1","SecretName":"key_2"')
    .replace('"Configs":[{"ConfigID":"new1"}]', '"Configs":[{"ConfigID":"old1"}]');
  expect(replaceFile(spec, "secret", old, next)).toBe(expected);
  expect(namesFile(spec, "secret", "old1")).toBe(true);
  expect(namesFile(expected, "secret", "old1")).toBe(false);
});

it("a config may also be a credential specification; who does not name it is left alone", () => {
  const spec = `{"TaskTemplate":{"ContainerSpec":{"Privileges":{"CredentialSpec":{"Config":"old1"}}}}}`;
  expect(replaceFile(spec, "config", old, next)).toBe(spec.replace("old1", "new1"));
  expect(replaceFile(spec, "secret", old, next)).toBeNull();
  for (const none of ["{}", '{"TaskTemplate":{"ContainerSpec":{"Secrets":null}}}']) {
    expect(replaceFile(none, "secret", old, next)).toBeNull();
  }
});
