import { z } from "zod";

/** Most characters of one compose file: reading it must not keep the server from everything else. */
export const longestCompose = 256 * 1024;
/** Most characters of all files and variables together. */
export const longestTotal = 1_000_000;

/** A name that is one file in one folder, whatever shell or program reads it. */
const fileName = z
  .string()
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/,
    "a file name has letters, digits, dots, dashes and underscores, and no folder",
  );

/** What Docker takes for the name of a stack, without what only confuses. */
export const stackName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

const file = z.strictObject({
  name: fileName,
  text: z.string(),
  kind: z.enum(["compose", "file"]).default("compose"),
});

const content = {
  files: z.array(file).min(1).max(30),
  /** Lines as in a .env file. */
  env: z.string().default(""),
};

/** Files to look at, with their variables. */
export const stackCheckBody = z.strictObject(content);

const choices = {
  /** Remove services of the stack that the files do not name. */
  prune: z.boolean().default(false),
  /** Whether tags are pinned to digests: as `docker stack deploy --resolve-image`. */
  resolveImage: z.enum(["always", "changed", "never"]).default("always"),
};

export const stackPlanBody = z.strictObject({ ...content, ...choices });

export const stackDeployBody = z.strictObject({
  ...content,
  ...choices,
  /** Why, for whoever reads the list of versions. */
  message: z.string().max(500).default(""),
  /** The fingerprint of the plan that was looked at. */
  plan: z.string().max(100).optional(),
  /** The version whose files these are, where they are deployed again. */
  fromVersion: z.int().positive().optional(),
  confirm: z.string().max(200).optional(),
});

export const stackConfirmBody = z.strictObject({ confirm: z.string().max(200).optional() });

export const stackVersionsQuery = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export type StackContent = z.output<typeof stackCheckBody>;
export type StackPlanInput = z.output<typeof stackPlanBody>;
export type StackDeployInput = z.output<typeof stackDeployBody>;
