import { z } from "zod";
import { stackCheckBody } from "../stacks/schemas.ts";

/** What compose takes for the name of a project. */
export const projectName = /^[a-z0-9][a-z0-9_-]{0,62}$/;

const node = z.string().min(1).max(255).optional();

/** A name is unique on its engine only: where several have one, or several engines are linked, say which. */
export const projectQuery = z.strictObject({ node });
export const projectVersionsQuery = z.strictObject({
  node,
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

export const projectCheckBody = stackCheckBody;

export const projectPlanBody = stackCheckBody.extend({
  /** Remove containers of services that the files do not name. */
  prune: z.boolean().default(false),
  /** Replace every container, changed or not. */
  recreate: z.boolean().default(false),
});

export const projectDeployBody = projectPlanBody.extend({
  /** Why, for whoever reads the list of versions. */
  message: z.string().max(500).default(""),
  /** The fingerprint of the plan that was looked at. */
  plan: z.string().max(100).optional(),
  /** The version whose files these are, where they are deployed again. */
  fromVersion: z.int().positive().optional(),
});

export const projectRemoveBody = z.strictObject({
  /** The name of the project; without it the answer only says what would go. */
  confirm: z.string().max(200).optional(),
  /** Its named volumes go too, with what is in them. */
  volumes: z.boolean().default(false),
});

export type ProjectPlanInput = z.output<typeof projectPlanBody>;
export type ProjectDeployInput = z.output<typeof projectDeployBody>;
export type ProjectRemoveInput = z.output<typeof projectRemoveBody>;
