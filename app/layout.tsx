import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { WindowWidth } from "#components/data/window-width.tsx";
import { themeScript } from "#components/layout/theme-script.ts";
import { Toaster } from "#components/ui/toaster.tsx";
import { t } from "#lib/shared/i18n/translate.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: t("common.appName"), template: `%s · ${t("common.appName")}` },
  referrer: "same-origin",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

/** The document: language, theme before first paint, toasts. Nothing here knows who is signed in. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const kept = await cookies();
  const theme = kept.get("shoal_theme")?.value;
  const wide = kept.get("shoal_wide")?.value;
  return (
    <html lang="en" data-theme={theme === "dark" ? "dark" : "light"} suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning>
          {themeScript}
        </script>
      </head>
      <body>
        <WindowWidth wide={wide === undefined ? null : wide === "1"}>{children}</WindowWidth>
        <Toaster />
      </body>
    </html>
  );
}
