"use client";

import "#lib/shared/i18n/pages/deploy.ts";
import { useRouter } from "next/navigation";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { toast, toastError } from "#components/ui/toast.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { StackRemoval } from "#lib/shared/stacks/types.ts";

/** What can be done with a whole stack: stop, start, remove. */
export function StackMenu({ name }: { name: string }) {
  const { may, blocked, href, apiPath } = useCluster();
  const ask = useAsk();
  const send = useSend();
  const router = useRouter();
  const path = `/stacks/${encodeURIComponent(name)}`;
  if (!may("stack.deploy") && !may("stack.remove")) return null;
  const reason = blocked ?? undefined;
  const stop = async () => {
    const title = t("deploy.stop.title", { name });
    const verb = t("deploy.menu.stop");
    if (await ask({ title, sentence: t("deploy.stop.sentence"), verb, danger: true }))
      await send({ method: "POST", path: `${path}/stop`, body: {}, object: name, title, verb });
  };
  const start = () =>
    send({
      method: "POST", path: `${path}/start`, body: {}, object: name, title: t("deploy.menu.start"), verb: t("deploy.menu.start"),
    }); // biome-ignore format: short
  const remove = async () => {
    const what = await whatGoes(apiPath(`${path}/remove`));
    if (typeof what === "string") return toastError(what, { id: `remove ${name}` });
    const yes = await ask({
      title: t("deploy.remove.title", { name }),
      sentence: what.sentence,
      details: <Goes parts={what.parts} />,
      verb: t("deploy.menu.remove"),
      danger: true,
      typedName: name,
      run: async () => void (await api.post(apiPath(`${path}/remove`), { confirm: name })),
    });
    if (!yes) return;
    toast(t("deploy.remove.done", { name }), { id: `remove ${name}` });
    router.push(href("/stacks"));
  };
  return (
    <Menu
      trigger={
        <Button size="icon" variant="ghost" aria-label={t("deploy.menu.more")}>
          <Icon name="more" size={16} />
        </Button>
      }
    >
      {may("stack.deploy") && (
        <>
          <MenuItem reason={reason} onSelect={() => void stop()}>
            {t("deploy.menu.stop")}
          </MenuItem>
          <MenuItem reason={reason} onSelect={() => void start()}>
            {t("deploy.menu.start")}
          </MenuItem>
        </>
      )}
      {may("stack.remove") && (
        <MenuItem danger reason={reason} onSelect={() => void remove()}>
          {t("deploy.menu.remove")}
        </MenuItem>
      )}
    </Menu>
  );
}

interface Removal {
  readonly sentence: string;
  readonly parts: StackRemoval;
}

/** Asked without the name the server only says what would go. A text is why it does not say it. */
async function whatGoes(path: string): Promise<Removal | string> {
  try {
    await api.post(path, {});
    return t("common.loading");
  } catch (error) {
    const details =
      error instanceof ApiError && error.code === "confirmation_needed" ? error.problem?.details : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return details ? { sentence: message, parts: details as unknown as StackRemoval } : message;
  }
}

function Goes({ parts }: { parts: StackRemoval }) {
  const { services, networks, secrets, configs } = parts;
  const groups = { services, networks, secrets, configs };
  return (
    <dl className="grid max-h-48 grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 overflow-y-auto text-12">
      {(Object.keys(groups) as (keyof typeof groups)[])
        .filter((kind) => groups[kind].length > 0)
        .map((kind) => (
          <div key={kind} className="contents">
            <dt className="text-ink-3">{t(`deploy.goes.${kind}`)}</dt>
            <dd className="mono break-words">{groups[kind].join(", ")}</dd>
          </div>
        ))}
    </dl>
  );
}
