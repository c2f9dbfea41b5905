import { ListLink } from "#components/ui/list-link.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

/** Somebody who uses a thing, and the page about them. */
export interface UserLink {
  readonly name: string;
  readonly to: string;
}

/** The first two of those who use a thing, and how many more there are. */
export function UserLinks({ users }: { users: readonly UserLink[] }) {
  const others = users.slice(2);
  return (
    <span className="flex min-w-0 items-center gap-2">
      {users.slice(0, 2).map(({ name, to }) => (
        <ListLink key={to} href={to} className="link min-w-0 truncate">
          {name}
        </ListLink>
      ))}
      {others.length > 0 && (
        <span className="shrink-0 text-ink-3" title={others.map(({ name }) => name).join(", ")}>
          {t("common.andMore", { n: others.length })}
        </span>
      )}
    </span>
  );
}
