"use client";

import "#lib/shared/i18n/pages/containers.ts";
import { type ReactNode, useState } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { later } from "#components/ui/later.tsx";
import { useConnection } from "#lib/client/use-connection.ts";
import { type ContainerAction, containerActions } from "#lib/shared/containers/api-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { actionSentence, swarmSentences } from "./action-words.ts";
import type { ContainerActions, ContainerVerb } from "./container-actions.ts";
import type { ContainerRow } from "./container-rows.ts";

const ContainerDialog = later(async () => (await import("./container-dialog.tsx")).ContainerDialog);

const isSimple = (verb: ContainerVerb): verb is ContainerAction =>
  containerActions.some((each) => each === verb);

/** Verbs that stop something: they ask first. */
const stops: ReadonlySet<ContainerVerb> = new Set(["stop", "kill"]);

interface Asked {
  readonly row: ContainerRow;
  readonly verb: "signal" | "rename" | "remove";
  readonly done: (yes: boolean) => void;
}

/** Container actions for the person who is signed in. `dialogs` belongs somewhere on the page. */
export function useContainerActions(): { actions: ContainerActions; dialogs: ReactNode } {
  const { may } = useCluster();
  const { state } = useConnection();
  const ask = useAsk();
  const send = useSend();
  const [asked, setAsked] = useState<Asked>();

  const simple = async (row: ContainerRow, action: ContainerAction): Promise<boolean> => {
    const { container, name } = row;
    const title = t(`containers.action.${action}Name`, { name });
    const verb = t(`containers.action.${action}`);
    const needsWord = stops.has(action) || swarmSentences(row, action).length > 0;
    // Of Shoal itself the server says what happens, and asks.
    if (needsWord && !container.isShoal) {
      const yes = await ask({
        title,
        sentence: actionSentence(row, action),
        verb,
        danger: stops.has(action),
      });
      if (!yes) return false;
    }
    return send({
      method: "POST",
      path: `/containers/${container.id}/${action}`,
      body: {},
      object: container.name,
      title,
      verb,
    });
  };

  const actions: ContainerActions = {
    may: {
      operate: may("container.operate"),
      rename: may("container.rename"),
      remove: may("container.remove"),
      create: may("container.create"),
    },
    reason: (row) => (state === "live" ? row.unheard : t("cluster.blocked.offline")),
    run: (row, verb) =>
      isSimple(verb)
        ? simple(row, verb)
        : new Promise((done) => {
            setAsked({ row, verb, done });
          }),
  };
  const close = (yes: boolean) => {
    asked?.done(yes);
    setAsked(undefined);
  };
  const dialogs = asked && (
    <ContainerDialog
      key={`${asked.verb} ${asked.row.container.id}`}
      row={asked.row}
      verb={asked.verb}
      send={send}
      onClose={close}
    />
  );
  return { actions, dialogs };
}
