"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { useMedia } from "./use-media.ts";

const query = "(width >= 700px)";
const WideContext = createContext<boolean | null>(null);

/**
 * What the server is told of the window's width (by a cookie that `themeScript` keeps), so that tables are sent in the one
 * shape that the window shows. Null: it does not know yet, and sends both.
 */
export function WindowWidth({ wide, children }: { wide: boolean | null; children: ReactNode }) {
  return <WideContext value={wide}>{children}</WideContext>;
}

/** Whether the window has room for rows of cells; on the server and while hydrating what the server believes, or null. */
export function useWide(): boolean | null {
  return useMedia(query, useContext(WideContext));
}

const never = () => () => {};

/** False on the server and while hydrating: what comes then has to be the same in both, and small. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
