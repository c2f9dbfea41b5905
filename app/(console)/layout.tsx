import type { ReactNode } from "react";
import { requireUser } from "#lib/web/current-user.ts";

/** Everything behind the sign-in. Pages ask again for whom they need: a layout is not rendered on every visit. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  await requireUser();
  return children;
}
