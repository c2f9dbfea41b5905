"use client";

import "#lib/shared/i18n/pages/images.ts";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { ImageItem } from "#lib/shared/images/types.ts";
import { imageName } from "./image-filter.ts";

export type ImageVerb = "tag" | "pull" | "remove";

const icons = { tag: "label", pull: "download", remove: "trash" } as const;

/** What can be done to an image; what the role may not do is absent. */
export function ImageMenu({
  item,
  run,
}: {
  item: ImageItem;
  run: (verb: ImageVerb, item: ImageItem) => void;
}) {
  const { may } = useCluster();
  const { state } = useConnection();
  const verbs = (["pull", "tag", "remove"] as const).filter(
    (verb) => may(`image.${verb}`) && (verb !== "pull" || item.tags.length > 0),
  );
  if (verbs.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon-sm" aria-label={t("images.more", { name: imageName(item) })}>
          <Icon name="more" size={14} />
        </Button>
      }
    >
      {verbs.map((verb) => (
        <MenuItem
          key={verb}
          danger={verb === "remove"}
          reason={state === "live" ? undefined : t("cluster.blocked.offline")}
          onSelect={() => run(verb, item)}
        >
          <Icon name={icons[verb]} />
          {t(`images.action.${verb}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
