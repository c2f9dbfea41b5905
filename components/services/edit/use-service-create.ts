"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useLeaveGuard } from "#components/cluster/use-leave-guard.ts";
import { toast } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import type { WriteAnswer } from "#lib/shared/api/types.ts";
import type { ServiceView } from "#lib/shared/model/types.ts";
import { type FieldId, modeKeys, type ServiceMode, serviceModes } from "#lib/shared/services/fields.ts";
import type { CreationPreview, ServiceForm } from "#lib/shared/services/types.ts";
import { copyForm, type FormState, newForm, readForm, revealed } from "./form-state.ts";
import { type Secrets, secretValues } from "./secret-values.ts";

/** Everything that happens while a service is made: typing, looking at what it would be, making it. */
export function useServiceCreate(from: ServiceForm | null) {
  const { apiPath, href } = useCluster();
  const router = useRouter();
  const submit = useSubmit();
  const [first] = useState<FormState>(() => (from === null ? newForm() : copyForm(from)));
  const [name, setName] = useState(from === null ? "" : `${from.name}-copy`);
  const [form, setForm] = useState(first);
  const [pin, setPin] = useState(true);
  const [preview, setPreview] = useState<CreationPreview | null>(null);
  const [isMade, setMade] = useState(false);
  const read = readForm(form);
  const mode = modeOf(form.mode);
  useLeaveGuard(
    !isMade && (JSON.stringify(form) !== JSON.stringify(first) || (from === null && name !== "")),
  );

  const body = {
    name: name.trim(),
    mode,
    ...(from && { from: from.id }),
    edits: read.edits.map(({ field, value }) => ({ field, value })),
    pin,
  };
  return {
    name,
    mode,
    form,
    read,
    pin,
    preview,
    busy: submit.busy,
    error: submit.error,
    setName,
    setPin,
    setMode: (next: ServiceMode) => setForm((now) => ({ ...now, mode: modeKeys[next] })),
    type: (id: FieldId, text: string) => {
      setForm((now) => ({ ...now, texts: { ...now.texts, [id]: text } }));
      submit.reset();
    },
    reveal: async () => {
      if (from === null) return;
      const secrets = await api.get<Secrets>(apiPath(`/services/${encodeURIComponent(from.id)}/env`));
      setForm((now) => revealed({ ...now, hidden: {} }, secretValues(secrets)));
    },
    review: () =>
      submit.run(async () =>
        setPreview(await api.post<CreationPreview>(apiPath("/create-service/preview"), body)),
      ),
    back: () => {
      setPreview(null);
      submit.reset();
    },
    make: () =>
      submit.run(async () => {
        const answer = await api.post<WriteAnswer<ServiceView>>(apiPath("/services"), body);
        setMade(true);
        if (answer.warnings.length > 0) toast(answer.warnings.join(" "), { id: "service warnings" });
        router.push(href(`/services/${encodeURIComponent(answer.item?.id ?? body.name)}`));
      }),
  };
}

function modeOf(key: string): ServiceMode {
  return serviceModes.find((mode) => modeKeys[mode] === key) ?? "replicated";
}
