"use client";

import type { ReactNode } from "react";
import { AskProvider } from "#components/cluster/ask.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import type { ShellUser } from "./account-menu.tsx";
import { Shell } from "./shell.tsx";

/** The frame around a page that belongs to no cluster. */
export function ServerShell({ user, children }: { user: ShellUser; children: ReactNode }) {
  const { state } = useConnection();
  return (
    <AskProvider>
      <Shell cluster={null} user={user} freshness={state === "live" ? "live" : "stale"}>
        {children}
      </Shell>
    </AskProvider>
  );
}
