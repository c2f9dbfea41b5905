"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useConnection } from "./use-connection.ts";

/** Renders the page anew on the server whenever this person may do more or less than before. */
export function useAccessChanges(): void {
  const { accessChanges } = useConnection();
  const router = useRouter();
  const rendered = useRef(accessChanges);
  useEffect(() => {
    if (rendered.current === accessChanges) return;
    rendered.current = accessChanges;
    router.refresh();
  }, [accessChanges, router]);
}
