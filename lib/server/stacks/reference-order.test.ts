import { expect, it } from "vitest";
import { withKeptOrder } from "./reference-order.ts";

const ref = (name: string, target: string, uid = "0") =>
  `{"File":{"Name":"${target}","UID":"${uid}","Big":12345678901234567890},"SecretID":"${name}1","SecretName":"${name}"}`;
const spec = (...refs: string[]) =>
  `{"TaskTemplate":{"ContainerSpec":{"Secrets":[${refs.join(",")}]}},"N":1e400}`;

it("references to one secret keep the order they have, and nothing else moves", () => {
  const live = spec(ref("a", "x"), ref("b", "two"), ref("b", "one"), ref("c", "y"));
  expect(withKeptOrder(spec(ref("a", "x"), ref("b", "one"), ref("b", "two"), ref("c", "y")), live)).toBe(
    live,
  );
  // Under another name, with one more, and with another owner.
  const sent = spec(ref("z", "x"), ref("d", "new"), ref("d", "one"), ref("d", "two", "7"));
  expect(withKeptOrder(sent, live)).toBe(
    spec(ref("z", "x"), ref("d", "two", "7"), ref("d", "one"), ref("d", "new")),
  );
});

it("of a new service they have one order; where each is named once nothing is touched", () => {
  const sorted = spec(ref("a", "one"), ref("a", "two"));
  expect(withKeptOrder(spec(ref("a", "two"), ref("a", "one")), null)).toBe(sorted);
  expect(withKeptOrder(sorted, null)).toBe(sorted);
  const once = spec(ref("b", "x"), ref("a", "y"));
  expect(withKeptOrder(once, spec(ref("a", "y"), ref("b", "x")))).toBe(once);
  for (const none of ["{}", '{"TaskTemplate":{"ContainerSpec":{"Secrets":null}}}'])
    expect(withKeptOrder(none, null)).toBe(none);
});
