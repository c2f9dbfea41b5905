"use client";

import "#lib/shared/i18n/pages/networks.ts";
import "#lib/shared/i18n/pages/resources.ts";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { FormFailure } from "#components/data/form-failure.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { AreaField, SelectField, TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import { type Phrase, say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type Driver, driverFacts, drivers } from "#lib/shared/networks/drivers.ts";
import { planWarnings } from "#lib/shared/networks/plan.ts";
import type { NetworkList, NetworkRow } from "#lib/shared/networks/types.ts";
import { emptyForm, type FormErrors, type NetworkForm, readForm } from "./create-form.ts";
import { networkHref } from "./network-href.ts";

/** Makes an overlay of the swarm, or a network of a chosen node, and opens its page. */
export function CreateNetwork({ list, onClose }: { list: NetworkList | null; onClose: () => void }) {
  const { apiPath, href, model } = useCluster();
  const router = useRouter();
  const isSwarm = model.info.phase !== "not_swarm";
  const { nodes = [], items: networks = [] } = list ?? {};
  const [form, setForm] = useState<NetworkForm>({
    ...emptyForm,
    driver: isSwarm ? "overlay" : "bridge",
    node: nodes.find(({ ok }) => ok)?.name ?? "",
  });
  const [isSent, setSent] = useState(false);
  const submit = useSubmit();
  const { errors, draft } = readForm(form);
  const warnings = planWarnings(draft, { networks, nodes: Object.values(model.nodes) });
  const set = (part: Partial<NetworkForm>) => {
    setForm({ ...form, ...part });
    submit.reset();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    const { body } = readForm(form);
    if (body === null) return;
    void submit.run(async () => {
      const answer = await api.post<WriteAnswer<NetworkRow>>(apiPath("/networks"), body);
      if (answer.warnings.length > 0) toast(answer.warnings.join(" "), { id: "network warnings" });
      onClose();
      router.push(networkHref(href, body.name, answer.item?.nodeName ?? body.node ?? null));
    });
  };
  const part: PartProps = { form, set, errors, isSent };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("networks.create.open")} width="lg">
      <form onSubmit={send} noValidate className="grid gap-4">
        <Basics {...part} isSwarm={isSwarm} nodes={nodes} />
        <Subnets {...part} />
        <Switches {...part} />
        <Details {...part} />
        {warnings.length > 0 && <Warnings warnings={warnings} />}
        <FormFailure error={submit.error} />
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t("networks.create.make")}
        </Button>
      </form>
    </Dialog>
  );
}

interface PartProps {
  form: NetworkForm;
  set: (part: Partial<NetworkForm>) => void;
  errors: FormErrors;
  /** The form was sent once: from then on every field says what is wrong with it. */
  isSent: boolean;
}

type TextName =
  | "name"
  | "subnet"
  | "gateway"
  | "range"
  | "subnet6"
  | "gateway6"
  | "parent"
  | "mtu"
  | "options"
  | "labels";

/** A field of the form by its name; it says what is wrong with it once it was left, or the form was sent. */
function useField({ form, set, errors, isSent }: PartProps) {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return (name: TextName) => {
    const problem = isSent || (left.has(name) && form[name] !== "") ? errors[name] : undefined;
    return {
      label: t(`networks.create.${name}`),
      value: form[name],
      error: problem && say(t, problem),
      autoComplete: "off",
      autoCapitalize: "none",
      spellCheck: false,
      onBlur: () => setLeft(new Set([...left, name])),
      onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
    };
  };
}

function Basics({ isSwarm, nodes, ...part }: PartProps & { isSwarm: boolean; nodes: NetworkList["nodes"] }) {
  const field = useField(part);
  const { form, set, errors, isSent } = part;
  const offered = drivers.filter((driver) => isSwarm || !driverFacts[driver].isSwarm);
  return (
    <>
      <TextField {...field("name")} autoFocus />
      <SelectField
        label={t("networks.create.driver")}
        value={form.driver}
        options={offered.map((value) => ({ value, label: t(`networks.create.driver.${value}`) }))}
        // A mode of one driver is none of another.
        onChange={(driver) => set({ driver: driver as Driver, mode: "" })}
      />
      {!driverFacts[form.driver].isSwarm && (
        <SelectField
          label={t("networks.create.node")}
          value={form.node}
          error={isSent && errors.node ? say(t, errors.node) : undefined}
          options={nodes.map(({ name, ok }) => ({
            value: name,
            label: ok ? name : `${name} (${t("networks.endpoint.unheard")})`,
            disabled: !ok,
          }))}
          onChange={(node) => set({ node })}
        />
      )}
    </>
  );
}

function Subnets(part: PartProps) {
  const field = useField(part);
  const { form } = part;
  const isWire = driverFacts[form.driver].fields.includes("parent");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        {...field("subnet")}
        className="sm:col-span-2"
        hint={t(isWire ? "networks.create.subnetHintWire" : "networks.create.subnetHint")}
        mono
      />
      <TextField {...field("gateway")} mono />
      <TextField
        {...field("range")}
        hint={t(isWire ? "networks.create.rangeHintWire" : "networks.create.rangeHint")}
        mono
      />
      {form.ipv6 && (
        <>
          <TextField {...field("subnet6")} hint={t("networks.create.subnet6Hint")} mono />
          <TextField {...field("gateway6")} mono />
        </>
      )}
    </div>
  );
}

function Switches({ form, set }: PartProps) {
  const { fields } = driverFacts[form.driver];
  const box = (name: "attachable" | "internal" | "encrypted" | "ipv6") => ({
    label: t(`networks.create.${name}`),
    checked: form[name],
    onCheckedChange: (checked: boolean) => set({ [name]: checked }),
  });
  return (
    <div className="grid gap-2.5 sm:grid-cols-2">
      {fields.includes("attachable") && (
        <CheckboxField {...box("attachable")} hint={t("resources.attachableHint")} />
      )}
      <CheckboxField {...box("internal")} hint={t("networks.create.internalHint")} />
      {fields.includes("encrypted") && (
        <CheckboxField {...box("encrypted")} hint={t("networks.create.encryptedHint")} />
      )}
      <CheckboxField {...box("ipv6")} />
    </div>
  );
}

function Details(part: PartProps) {
  const field = useField(part);
  const { form, set } = part;
  const { fields, modes } = driverFacts[form.driver];
  const [own = ""] = modes;
  return (
    <>
      {fields.includes("parent") && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField {...field("parent")} hint={t("networks.create.parentHint")} mono />
          <SelectField
            label={t("networks.create.mode")}
            value={form.mode}
            options={[
              { value: "", label: t("networks.create.modeOwn", { mode: own }) },
              ...modes.map((mode) => ({ value: mode, label: mode })),
            ]}
            onChange={(mode) => set({ mode })}
          />
        </div>
      )}
      <details className="rounded-2 border border-line px-3 py-2">
        <summary className="cursor-pointer font-medium">{t("networks.create.more")}</summary>
        <div className="mt-3 grid gap-4 sm:grid-cols-2">
          {fields.includes("mtu") && (
            <TextField
              {...field("mtu")}
              className="sm:col-span-2"
              hint={t("networks.create.mtuHint")}
              inputMode="numeric"
            />
          )}
          <AreaField {...field("options")} hint={t("networks.create.pairs")} />
          <AreaField {...field("labels")} hint={t("networks.create.pairs")} />
        </div>
      </details>
    </>
  );
}

function Warnings({ warnings }: { warnings: readonly Phrase[] }) {
  return (
    <Banner tone="warn" role="status">
      <ul className="grid max-h-32 gap-1 overflow-y-auto">
        {warnings.map((each) => {
          const text = say(t, each);
          return <li key={text}>{text}</li>;
        })}
      </ul>
    </Banner>
  );
}
