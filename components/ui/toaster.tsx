"use client";

import { later } from "./later.tsx";

/** The corner the toasts appear in, once per document, in the root layout. Its library loads after the page. */
export const Toaster = later(async () => (await import("./toast-corner.tsx")).ToastCorner);
