import type { ReactNode } from "react";
import { ServerFrame } from "../server-frame.tsx";

/** The person's own page stands in the frame of the cluster one comes from. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return <ServerFrame>{children}</ServerFrame>;
}
