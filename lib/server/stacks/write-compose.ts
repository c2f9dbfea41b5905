import { Document, isMap, isPair, isScalar, visit } from "yaml";
import type { RebuiltCompose } from "#lib/shared/stacks/compose/rebuild-compose.ts";

/** A compose file as text. `$` in values is written so that no deploy takes it for a variable. */
export function writeCompose(file: RebuiltCompose["file"]): string {
  // What 1.1 takes for something else ("yes", "0123") is put in quotes: Docker's readers are of that time.
  const document = new Document(file, { version: "1.1" });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string") node.value = node.value.replaceAll("$", "$$$$");
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && pair.key.value === "mode" && isScalar(pair.value)) octal(pair.value);
    },
  });
  spaceOut(document);
  return document.toString({ directives: false, lineWidth: 0, nullStr: "" });
}

function octal(scalar: { value: unknown; format?: string }): void {
  if (typeof scalar.value === "number") scalar.format = "OCT";
}

/** An empty line before each part of the file and each service. */
function spaceOut(document: Document): void {
  if (!isMap(document.contents)) return;
  document.contents.items.forEach((part, i) => {
    if (isScalar(part.key)) part.key.spaceBefore = i > 0;
    if (!isScalar(part.key) || part.key.value !== "services" || !isMap(part.value)) return;
    part.value.items.forEach((service, j) => {
      if (isPair(service) && isScalar(service.key)) service.key.spaceBefore = j > 0;
    });
  });
}
