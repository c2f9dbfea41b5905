"use client";

import "#lib/shared/i18n/pages/auth.ts";
import { useTheme } from "#components/layout/theme.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Turns light to dark and back, whatever the system says. */
export function ThemeButton() {
  const [, setTheme] = useTheme();
  const flip = () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  return (
    <Button variant="ghost" size="icon" aria-label={t("auth.switchTheme")} onClick={flip}>
      <Icon name="moon" className="dark:hidden" />
      <Icon name="sun" className="not-dark:hidden" />
    </Button>
  );
}
