import type { ReactNode } from "react";
import { ServerFrame } from "../server-frame.tsx";

/** A page of the server, in the frame of the cluster one comes from. */
export default function RegistriesLayout({ children }: { children: ReactNode }) {
  return <ServerFrame>{children}</ServerFrame>;
}
