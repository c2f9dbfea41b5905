"use client";

import { useLayoutEffect, useRef } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { toast } from "#components/ui/toast.ts";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { isLive } from "#lib/shared/model/task-state.ts";
import type { ClusterModel, ServiceView } from "#lib/shared/model/types.ts";
import { scaleWarningPhrase, scaleWarnings } from "#lib/shared/placement.ts";
import type { ServiceActions } from "./service-actions.ts";

/** Tasks of a service that are on their way or alive. */
export function liveTasks(model: ClusterModel, service: ServiceView): number {
  return (indexModel(model).tasksByService.get(service.id) ?? []).filter(isLive).length;
}

/** What a removal takes away, in one sentence. */
export function removeSentence(model: ClusterModel, service: ServiceView): string {
  return t("services.ask.remove", { name: service.name, n: liveTasks(model, service) });
}

/** How a restart goes, by the service's own update settings. */
export function restartSentence(service: ServiceView, tasks: number): string {
  const { name, updateParallelism } = service;
  if (updateParallelism === 0) return t("services.ask.restartAll", { name, n: tasks });
  return t("services.ask.restart", { name, n: tasks, batch: updateParallelism });
}

/** Scale, restart and remove for the person who is signed in, on the cluster of the page. */
export function useServiceActions(): ServiceActions {
  const { model, may, blocked } = useCluster();
  // Read when something is done, not when it is drawn: rows that were given these actions stay as they are.
  const latest = useRef(model);
  useLayoutEffect(() => {
    latest.current = model;
  }, [model]);
  const ask = useAsk();
  const send = useSend();
  const path = (service: ServiceView, action = "") => `/services/${encodeURIComponent(service.id)}${action}`;

  const scale = async (service: ServiceView, replicas: number) => {
    const { name } = service;
    const model = latest.current;
    const live = liveTasks(model, service);
    const warnings = scaleWarnings(model, service, replicas);
    if (replicas === 0 || (warnings.length > 0 && replicas > (service.replicas ?? 0))) {
      const yes = await ask({
        title: t("services.ask.scaleTitle", { name, n: replicas }),
        sentence:
          replicas === 0
            ? t("services.ask.scaleToZero", { name, n: live })
            : warnings.map((warning) => say(t, scaleWarningPhrase(warning))).join(" "),
        verb: t("services.ask.scaleVerb", { n: replicas }),
        danger: replicas === 0,
      });
      if (!yes) throw new Error("cancelled");
    }
    const done = await send({
      method: "POST",
      path: path(service, "/scale"),
      body: { replicas },
      object: name,
      title: t("services.ask.scaleTitle", { name, n: replicas }),
      verb: t("services.action.scale"),
    });
    if (!done) throw new Error("not scaled");
  };

  const restart = async (service: ServiceView) => {
    const done = await send({
      method: "POST",
      path: path(service, "/restart"),
      body: {},
      object: service.name,
      title: t("services.action.restartName", { name: service.name }),
      verb: t("services.action.restart"),
    });
    if (done)
      toast(restartSentence(service, liveTasks(latest.current, service)), { id: `restart ${service.id}` });
    return done;
  };

  const remove = async (service: ServiceView) => {
    // Of Shoal itself the server says what happens, and has the name typed.
    const yes =
      service.isShoal ||
      (await ask({
        title: t("services.action.removeName", { name: service.name }),
        sentence: removeSentence(latest.current, service),
        verb: t("services.action.remove"),
        danger: true,
      }));
    if (!yes) return false;
    return send({
      method: "DELETE",
      path: path(service),
      object: service.name,
      title: t("services.action.removeName", { name: service.name }),
      verb: t("services.action.remove"),
    });
  };

  return {
    may: {
      scale: may("service.scale"),
      edit: may("service.edit"),
      restart: may("service.restart"),
      remove: may("service.remove"),
      env: may("service.env"),
    },
    blocked,
    scale,
    restart,
    remove,
  };
}
