import { expect, it } from "vitest";
import type { PortView } from "#lib/shared/model/types.ts";
import { portUrl } from "./port-links.tsx";

const port = (fields: Partial<PortView>): PortView => ({
  protocol: "tcp",
  target: 80,
  published: 8080,
  mode: "ingress",
  ...fields,
});

it.each([
  [port({}), "swarm.example", "http://swarm.example:8080"],
  [port({ target: 443, published: 9443 }), "10.0.0.1", "https://10.0.0.1:9443"],
  [port({ published: 443 }), "10.0.0.1", "https://10.0.0.1:443"],
  [port({}), "fd00::1", "http://[fd00::1]:8080"],
  [port({}), "[fd00::1]", "http://[fd00::1]:8080"],
  [port({ protocol: "udp" }), "10.0.0.1", null],
  [port({ published: null }), "10.0.0.1", null],
])("portUrl %o on %s is %s", (view, host, url) => expect(portUrl(view, host)).toBe(url));
