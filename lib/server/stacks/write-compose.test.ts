import { expect, test } from "vitest";
import { parse } from "yaml";
import { writeCompose } from "./write-compose.ts";

test("variables are kept from being read, modes are octal, texts stay texts", () => {
  const text = writeCompose({
    version: "3.9",
    services: {
      web: {
        image: "lab/web:1",
        environment: { A: "$HOME $x", B: "yes", C: "010", D: "", E: null },
        command: ["sh", "-c", "echo $1\ntwo"],
        secrets: [{ source: "k", target: "k", mode: 0o400 }],
      },
      db: { image: "lab/web:2" },
    },
    networks: { shared: { external: true } },
  });
  expect(text).toContain("mode: 0400");
  expect(text).toContain("\n\nservices:\n  web:\n    image: lab/web:1\n");
  expect(text).toContain("\n\n  db:\n");
  const read = parse(text, { version: "1.1" }) as { services: { web: Record<string, unknown> } };
  expect(read.services.web).toMatchObject({
    environment: { A: "$$HOME $$x", B: "yes", C: "010", D: "", E: null },
    command: ["sh", "-c", "echo $$1\ntwo"],
    secrets: [{ source: "k", target: "k", mode: 0o400 }],
  });
});
