import type { AuditItem } from "#lib/shared/api/people-types.ts";
import { factText } from "#lib/shared/audit-facts.ts";
import { csvLine } from "#lib/shared/csv.ts";

type Format = "csv" | "ndjson";

const types: Readonly<Record<Format, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson; charset=utf-8",
};
const head = csvLine([
  "id", "time", "user", "role", "via", "address", "action", "object", "cluster", "result", "facts",
]); // biome-ignore format: one line of the file

/** The audit log as a file to keep; it is read while it is sent, so its length does not matter. `now` names it. */
export function auditExport(pieces: Iterable<readonly AuditItem[]>, format: Format, now: number): Response {
  const encoder = new TextEncoder();
  const source = pieces[Symbol.iterator]();
  const line = format === "csv" ? csvRow : (item: AuditItem) => `${JSON.stringify(item)}\n`;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (format === "csv") controller.enqueue(encoder.encode(head));
    },
    pull(controller) {
      const piece = source.next();
      if (piece.done) controller.close();
      else controller.enqueue(encoder.encode(piece.value.map(line).join("")));
    },
    cancel: () => void source.return?.(),
  });
  const day = new Date(now).toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      "content-type": types[format],
      "content-disposition": `attachment; filename="shoal-audit-${day}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

function csvRow(item: AuditItem): string {
  const { id, at, userName, role, via, address, action, object, cluster, result, facts } = item;
  const time = new Date(at).toISOString();
  return csvLine([id, time, userName, role, via, address, action, object, cluster, result, factText(facts)]);
}
