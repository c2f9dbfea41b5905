"use client";

import "#lib/shared/i18n/pages/account.ts";
import { useSingleKeys } from "#components/layout/shortcuts.tsx";
import { type Theme, useTheme } from "#components/layout/theme.ts";
import { accessWords, type ClusterName } from "#components/people/role-word.ts";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { FactList, Panel } from "#components/ui/panel.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import type { Access } from "#lib/shared/access.ts";
import { t } from "#lib/shared/i18n/translate.ts";

const may = {
  none: "account.noneMay",
  viewer: "account.viewerMay",
  operator: "account.operatorMay",
  admin: "account.adminMay",
} as const;

const themes = [
  { value: "system", label: t("common.themeSystem") },
  { value: "light", label: t("common.themeLight") },
  { value: "dark", label: t("common.themeDark") },
] as const satisfies readonly { value: Theme; label: string }[];

/** Who is signed in, what the role allows, and how this browser looks and listens. */
export function ProfilePanel({
  name,
  access,
  clusters,
}: {
  name: string;
  access: Access;
  clusters: readonly ClusterName[];
}) {
  const [theme, setTheme] = useTheme();
  const [keysOn, setKeysOn] = useSingleKeys();
  return (
    <Panel title={t("account.profile")}>
      <FactList
        facts={[
          { label: t("account.name"), value: <span className="font-medium">{name}</span> },
          {
            label: t("account.role"),
            value: (
              <>
                <span className="font-medium">{accessWords(access, clusters)}</span>{" "}
                <span className="text-ink-3">{t(may[access.role])}</span>
              </>
            ),
          },
          {
            label: t("account.theme"),
            value: (
              <Segmented label={t("account.theme")} value={theme} options={themes} onChange={setTheme} />
            ),
          },
          {
            label: t("account.keys"),
            value: (
              <CheckboxField
                label={t("common.keysSingle")}
                hint={t("common.keysSingleHint")}
                checked={keysOn}
                onCheckedChange={setKeysOn}
              />
            ),
          },
        ]}
      />
    </Panel>
  );
}
