"use client";

import "#lib/shared/i18n/pages/networks.ts";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useDetail } from "#components/cluster/use-detail.ts";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { ContainerView } from "#lib/shared/containers/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { NetworkDetail } from "#lib/shared/networks/types.ts";
import type { NetworkTarget } from "./network-page.tsx";

export interface ConnectContainerProps {
  detail: NetworkDetail;
  target: NetworkTarget;
  onClose: (done: boolean) => void;
}

const empty = { ipv4: "", ipv6: "", aliases: "" };

/** Connects a container that no service made, with an address and further names where they are wanted. */
export function ConnectContainer({ detail, target, onClose }: ConnectContainerProps) {
  const { apiPath } = useCluster();
  const { network } = detail;
  const { data, error: unread } = useDetail<ListAnswer<ContainerView>>("/containers?all=1", null, null);
  const [chosen, setChosen] = useState("");
  const [form, setForm] = useState(empty);
  const submit = useSubmit();
  const there = new Set(detail.endpoints.map(({ containerId }) => containerId));
  const containers = (data?.items ?? [])
    .filter(({ serviceId, nodeId, id }) => {
      return serviceId === null && !there.has(id) && (network.nodeId === null || network.nodeId === nodeId);
    })
    .sort((a, b) => compareNatural(a.name, b.name));
  const container = containers.find(({ id }) => id === chosen) ?? containers[0];
  const field = (name: keyof typeof empty) => ({
    label: t(`networks.connect.${name}`),
    value: form[name],
    mono: true,
    autoComplete: "off",
    autoCapitalize: "none",
    spellCheck: false,
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value });
      submit.reset();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!container) return;
    void submit.run(async () => {
      const aliases = form.aliases.split(/[\s,]+/).filter(Boolean);
      await api.post(apiPath(`${target.path}/connect${target.query}`), {
        container: container.id,
        node: container.nodeName,
        ...(form.ipv4.trim() !== "" && { ipv4: form.ipv4.trim() }),
        ...(form.ipv6.trim() !== "" && { ipv6: form.ipv6.trim() }),
        ...(aliases.length > 0 && { aliases }),
      });
      onClose(true);
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title={t("networks.connectName", { name: network.name })}
    >
      {data !== null && containers.length === 0 ? (
        <p className="text-ink-2">
          {t("networks.connect.none")} {t("networks.connect.containerHint")}
        </p>
      ) : (
        <form onSubmit={send} noValidate className="grid gap-4">
          <SelectField
            label={t("networks.connect.container")}
            hint={t("networks.connect.containerHint")}
            value={container?.id ?? ""}
            options={containers.map(({ id, name, nodeName }) => ({
              value: id,
              label: `${name} (${nodeName})`,
            }))}
            onChange={(id) => {
              setChosen(id);
              submit.reset();
            }}
          />
          <TextField {...field("ipv4")} hint={t("networks.connect.addressHint")} />
          {network.ipv6 && <TextField {...field("ipv6")} hint={t("networks.connect.addressHint")} />}
          <TextField {...field("aliases")} hint={t("networks.connect.aliasesHint")} />
          <FormFailure error={submit.error ?? unread} />
          <Button
            type="submit"
            variant="primary"
            className="justify-self-end"
            disabled={submit.busy || !container}
          >
            {t("networks.connect.verb")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
