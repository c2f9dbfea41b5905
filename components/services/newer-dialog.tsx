"use client";

import "#lib/shared/i18n/pages/newer.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { rotationEffect } from "#components/files/rotation-effect.ts";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { toastError } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { NewerImage, NewerImages, NewerUpdate } from "#lib/shared/images/newer.ts";
import type { Newer } from "./use-newer.ts";

export interface NewerDialogProps {
  newer: Newer;
  /** Only this service; null: all that have something newer. */
  only: string | null;
  onClose: () => void;
}

/** Which services have a newer image, what an update does to each, and the update of those that are chosen. */
export function NewerDialog({ newer, only, onClose }: NewerDialogProps) {
  const { may, apiPath } = useCluster();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const submit = useSubmit();
  const items = (newer.data?.items ?? []).filter(({ service }) => only === null || service.id === only);
  const chosen = items.filter(({ service }) => !left.has(service.id));
  const asked = submit.error instanceof ApiError && submit.error.code === "confirmation_needed";
  const consent = asked ? (submit.error as ApiError).problem?.details?.name : undefined;
  const update = () =>
    submit.run(async () => {
      const services = chosen.map(({ service, newest }) => ({ service: service.id, digest: newest }));
      const body = { services, ...(typeof consent === "string" && { confirm: consent }) };
      const answer = await api.post<{ items: readonly NewerUpdate[] }>(apiPath("/newer-images/update"), body);
      newer.reload();
      const failed = answer.items.filter(({ error }) => error !== null);
      for (const { service, error } of failed)
        toastError(`${service.name}: ${error}`, { id: `newer ${service.id}` });
      onClose();
    });
  const check = () =>
    submit.run(async () => newer.put(await api.post<NewerImages>(apiPath("/newer-images/check"))));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("newer.title")}
      description={items.length > 0 && t("newer.lead")}
      width="lg"
    >
      <div className="grid gap-4">
        <Items items={items} left={left} onChange={setLeft} canChoose={may("service.image")} />
        {items.length === 0 && <Nothing newer={newer} />}
        <Failed newer={newer} />
        <FormFailure error={submit.error} />
        <div className="flex flex-wrap items-center gap-2">
          <Asked newer={newer} />
          <span className="flex-1" />
          {may("image.pull") && (
            <Button disabled={submit.busy || newer.data?.isChecking === true} onClick={() => void check()}>
              <Icon name="restart" size={14} />
              {t("newer.check")}
            </Button>
          )}
          {may("service.image") && items.length > 0 && (
            <Button
              variant="primary"
              disabled={submit.busy || chosen.length === 0}
              onClick={() => void update()}
            >
              {asked ? t("newer.anyway") : t("newer.update", { n: chosen.length })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface ItemsProps {
  items: readonly NewerImage[];
  /** Services that were left out. */
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
  canChoose: boolean;
}

function Items({ items, left, onChange, canChoose }: ItemsProps) {
  const { model } = useCluster();
  if (items.length === 0) return null;
  const toggle = (id: string, isIn: boolean) => {
    const next = new Set(left);
    if (isIn) next.delete(id);
    else next.add(id);
    onChange(next);
  };
  return (
    <ul
      aria-label={t("newer.title")}
      className="grid max-h-72 gap-3 overflow-y-auto rounded-2 border border-line px-3 py-2.5"
    >
      {items.map(({ service, image, digest, newest }) => {
        const view = model.services[service.id];
        return (
          <li key={service.id} className="min-w-0">
            <CheckboxField
              label={
                <>
                  <b className="font-medium">{service.name}</b>{" "}
                  <span className="mono break-all text-ink-2">{image}</span>
                </>
              }
              hint={
                <span className="break-words">
                  <span className="mono">
                    {short(digest)} → {short(newest)}
                  </span>{" "}
                  {view && rotationEffect(view)}
                </span>
              }
              disabled={!canChoose}
              checked={!left.has(service.id)}
              onCheckedChange={(checked) => toggle(service.id, checked)}
            />
          </li>
        );
      })}
    </ul>
  );
}

const short = (digest: string) => digest.slice("sha256:".length, "sha256:".length + 12);

function Nothing({ newer: { data } }: { newer: Newer }) {
  const compared = data?.compared ?? 0;
  if (compared === 0) return <p>{t("newer.nothingPinned")}</p>;
  return data?.checkedAt === null ? null : <p>{t("newer.none", { n: compared })}</p>;
}

function Asked({ newer: { data } }: { newer: Newer }) {
  return (
    <span aria-live="polite" className="text-12 text-ink-3">
      {data?.isChecking ? (
        t("newer.checking")
      ) : data?.checkedAt == null ? (
        t("newer.notChecked")
      ) : (
        <>
          {t("newer.checked")} <RelativeTime at={data.checkedAt} ago />
        </>
      )}
    </span>
  );
}

function Failed({ newer: { data } }: { newer: Newer }) {
  const failed = data?.failed ?? [];
  if (failed.length === 0) return null;
  return (
    <div>
      <p className="mb-1 text-12 text-ink-2">{t("newer.failed")}</p>
      <ul className="grid max-h-40 gap-1 overflow-y-auto text-12">
        {failed.map(({ image, why }) => (
          <li key={image} className="min-w-0 break-words">
            <span className="mono break-all">{image}</span> <span className="text-bad">{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
