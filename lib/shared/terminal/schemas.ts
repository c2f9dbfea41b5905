import { z } from "zod";

/** Which node a container stands on, by id or name; needed only where several have one of that name. */
export const consoleQuery = z.strictObject({ node: z.string().min(1).max(255).optional() });

export const consoleBody = z.strictObject({
  /** `exec` (default): a new process. `attach`: the container's own. */
  kind: z.enum(["exec", "attach"]).optional(),
  /** Words of the command; without it a shell of the image is looked for. */
  command: z.array(z.string().max(4096)).min(1).max(64).optional(),
  /** `user`, `user:group`, or their numbers; without it the one of the image. */
  user: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/, "user, or user:group")
    .optional(),
  /** exec: with a terminal (default). Without one output and errors come as they are, and input can end. */
  tty: z.boolean().optional(),
});
