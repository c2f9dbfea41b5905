import type { ReactNode } from "react";
import { ShoalBackdrop } from "#components/auth/shoal-backdrop.tsx";
import { ThemeButton } from "#components/auth/theme-button.tsx";

/** The signed-out pages: water, the shoal, one card. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="sea min-h-dvh">
      <ShoalBackdrop />
      <div className="fixed top-3.5 right-4 z-10">
        <ThemeButton />
      </div>
      <main className="relative grid min-h-dvh place-items-center p-6 max-sm:place-items-end max-sm:px-3.5 max-sm:pt-16 max-sm:pb-3.5">
        {children}
      </main>
    </div>
  );
}
