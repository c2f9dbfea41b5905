import { z } from "zod";
import { type FieldId, fieldIds, serviceModes } from "./fields.ts";

/** Input schemas of editing and creating services. Values are in Docker's own shapes and units. */

const text = z.string().max(65_536);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const nanos = count;
const texts = z.array(text).max(5_000);
const map = z.record(z.string().min(1).max(4_096), text);
const short = z.string().max(4_096);
/** Members that no form knows stay. */
const mount = z.looseObject({
  Type: short.optional(),
  Source: short.optional(),
  Target: short.min(1),
  ReadOnly: z.boolean().optional(),
});
const port = z.looseObject({
  Protocol: z.enum(["tcp", "udp", "sctp"]).optional(),
  TargetPort: z.number().int().min(1).max(65_535),
  PublishedPort: z.number().int().min(0).max(65_535).optional(),
  PublishMode: z.enum(["ingress", "host"]).optional(),
});
const network = z.looseObject({ Target: short.min(1), Aliases: z.array(short).nullable().optional() });
const file = z.looseObject({
  File: z
    .looseObject({
      Name: short.min(1),
      UID: short.optional(),
      GID: short.optional(),
      Mode: z.number().int().min(0).max(0o7777).optional(),
    })
    .optional(),
});
const secret = file.extend({ SecretName: short.min(1), SecretID: short.optional() });
const config = file.extend({ ConfigName: short.min(1), ConfigID: short.optional() });
const ulimit = z.looseObject({ Name: short.min(1), Soft: z.number().int(), Hard: z.number().int() });
const preference = z.looseObject({ Spread: z.looseObject({ SpreadDescriptor: short.min(1) }) });
const generic = z.looseObject({
  DiscreteResourceSpec: z.looseObject({ Kind: short.min(1), Value: count }).optional(),
  NamedResourceSpec: z.looseObject({ Kind: short.min(1), Value: short }).optional(),
});
const list = <T extends z.ZodType>(item: T) => z.array(item).max(1_000);
const flag = z.boolean();
const order = z.enum(["stop-first", "start-first"]);

/** What each field may be. */
const values = {
  image: z.string().min(1).max(1_024).regex(/^\S+$/, "no spaces"),
  replicas: count, completions: count, concurrent: count,
  command: texts, args: texts, workdir: short, user: short, groups: texts, hostname: short,
  init: flag, tty: flag, openStdin: flag, stopSignal: short, stopGrace: nanos,
  env: texts,
  limitCpu: nanos, limitMemory: count, limitPids: count, reserveCpu: nanos, reserveMemory: count,
  reserveGeneric: list(generic), ulimits: list(ulimit),
  labels: map, containerLabels: map,
  healthTest: texts, healthInterval: nanos, healthTimeout: nanos, healthRetries: count, healthStartPeriod: nanos,
  healthStartInterval: nanos,
  updateParallelism: count, updateDelay: nanos, updateOrder: order,
  updateFailure: z.enum(["pause", "continue", "rollback"]), updateMonitor: nanos, updateRatio: z.number().min(0).max(1),
  rollbackParallelism: count, rollbackDelay: nanos, rollbackOrder: order, rollbackFailure: z.enum(["pause", "continue"]),
  rollbackMonitor: nanos, rollbackRatio: z.number().min(0).max(1),
  restartCondition: z.enum(["any", "on-failure", "none"]), restartDelay: nanos, restartAttempts: count,
  restartWindow: nanos,
  constraints: texts, preferences: list(preference), maxPerNode: count,
  ports: list(port), endpointMode: z.enum(["vip", "dnsrr"]),
  networks: list(network), hosts: texts, dnsServers: texts, dnsSearch: texts, dnsOptions: texts,
  mounts: list(mount), secrets: list(secret), configs: list(config),
  readOnly: flag, capAdd: texts, capDrop: texts, sysctls: map,
  logDriver: short, logOptions: map,
} satisfies Record<FieldId, z.ZodType>; // biome-ignore format: by area

type Values = { readonly [Id in FieldId]: z.output<(typeof values)[Id]> };

/**
 * A field and what it shall be; null: it is not set any more. `before`: what it was when the change was thought of, null
 * where it was not set. Left out, the change is made whatever is there now.
 */
export type ServiceEdit = {
  [Id in FieldId]: { readonly field: Id; readonly value: Values[Id] | null; readonly before?: unknown };
}[FieldId];

const edit = z
  .discriminatedUnion(
    "field",
    fieldIds.map((id) =>
      z.strictObject({ field: z.literal(id), value: values[id].nullable(), before: z.unknown().optional() }),
    ) as unknown as [ReturnType<typeof z.strictObject>],
  )
  .transform((each) => each as unknown as ServiceEdit);

const edits = z.array(edit).max(fieldIds.length);
/** Put the digest of the image's tag beside it, as the docker command does. Left out: where an image is given. */
const pin = z.boolean().optional();
/** A whole specification as JSON text. */
const spec = z.string().min(2).max(2_000_000);
const changes = {
  edits: edits.optional(),
  /** Instead of single fields: the whole specification, and the one that it was made from. */
  whole: z.strictObject({ spec, before: spec }).optional(),
  pin,
};
const hasChange = (body: { edits?: unknown; whole?: unknown }) =>
  (body.edits === undefined) !== (body.whole === undefined);
const oneChange = "either edits or whole";

export const serviceEditBody = z
  .strictObject({ ...changes, confirm: z.string().max(255).optional() })
  .refine(hasChange, oneChange);
export const servicePreviewBody = z.strictObject(changes).refine(hasChange, oneChange);
export type ServiceChange = z.output<typeof servicePreviewBody>;

const creation = {
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "letters, digits, and _ . - after the first"),
  mode: z.enum(serviceModes).optional(),
  /** A service whose specification is taken over, with everything that is not edited. */
  from: z.string().min(1).max(255).optional(),
  edits,
  pin,
};
export const serviceCreateBody = z.strictObject(creation);
export type ServiceCreate = z.output<typeof serviceCreateBody>;
export const serviceExportQuery = z.strictObject({ as: z.enum(["cli", "compose"]) });

/** Does a value fit a field? For forms, before anything is sent. */
export function fitsField(id: FieldId, value: unknown): boolean {
  return values[id].nullable().safeParse(value).success;
}
