import type { Db } from "./open.ts";
import { type OperationsTable, operationsTable } from "./operations.ts";
import { type RevisionsTable, revisionsTable } from "./revisions.ts";
import { type RotationsTable, rotationsTable } from "./rotations.ts";
import { type ServiceSpecsTable, serviceSpecsTable } from "./service-specs.ts";

/** What is kept of the changes of clusters: replaced specifications, the newest ones, and operations. */
export interface HistoryTables {
  readonly revisions: RevisionsTable;
  readonly specs: ServiceSpecsTable;
  readonly operations: OperationsTable;
  readonly rotations: RotationsTable;
  /** Forgets everything of a cluster. */
  forget(cluster: string): void;
}

/** The tables of one database. */
export function historyTables(db: Db): HistoryTables {
  return {
    revisions: revisionsTable(db),
    specs: serviceSpecsTable(db),
    operations: operationsTable(db),
    rotations: rotationsTable(db),
    forget(cluster) {
      for (const table of ["revisions", "service_specs", "operations", "rotations"]) {
        db.prepare(`DELETE FROM ${table} WHERE cluster = ?`).run(cluster);
      }
    },
  };
}
