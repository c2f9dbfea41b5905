"use client";

import "#lib/shared/i18n/pages/edit.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useLeaveGuard } from "#components/cluster/use-leave-guard.ts";
import { useSend } from "#components/cluster/use-send.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { ApiError, api } from "#lib/client/api.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { jsonAt } from "#lib/shared/lossless-json.ts";
import { prettyJson } from "#lib/shared/pretty-json.ts";
import type { EditConflict } from "#lib/shared/services/apply-edits.ts";
import type { FieldId } from "#lib/shared/services/fields.ts";
import type { ServiceForm, ServicePreview } from "#lib/shared/services/types.ts";
import {
  type Choices,
  type FormState,
  openForm,
  readForm,
  rebased,
  rebasedWhole,
  revealed,
} from "./form-state.ts";
import { type Secrets, secretValues } from "./secret-values.ts";

/** The whole specification as it is typed, over the one it was opened with. */
interface Whole {
  readonly base: string;
  readonly text: string;
}

/** Everything that happens while a service is edited: typing, looking at what it would do, deciding, applying. */
export function useServiceEdit(opened: ServiceForm) {
  const { apiPath } = useCluster();
  const send = useSend();
  const submit = useSubmit();
  const [form, setForm] = useState<FormState>(() => openForm(opened.mode, opened.values, opened.hidden));
  const [whole, setWhole] = useState<Whole | null>(null);
  const [isWhole, setIsWhole] = useState(false);
  const [pin, setPin] = useState(true);
  const [preview, setPreview] = useState<ServicePreview | null>(null);
  const [conflicts, setConflicts] = useState<readonly EditConflict[]>([]);
  const [isDone, setDone] = useState(false);
  const path = `/services/${encodeURIComponent(opened.id)}`;
  const read = readForm(form);
  const isTyped = isWhole ? whole !== null && whole.text !== prettyJson(whole.base) : read.edits.length > 0;
  useLeaveGuard(!isDone && (isTyped || Object.keys(read.problems).length > 0));

  const fetchWhole = async () => jsonAt(await api.text(apiPath(`${path}/raw`)), ["Spec"]) ?? "{}";
  const bodyOf = (of: FormState, text: Whole | null) =>
    isWhole && text !== null
      ? { whole: { spec: text.text, before: text.base } }
      : { edits: readForm(of).edits, pin };

  const look = async (of: FormState, text: Whole | null) => {
    const seen = await api.post<ServicePreview>(apiPath(`${path}/preview`), bodyOf(of, text));
    setConflicts(seen.conflicts);
    setPreview(seen.conflicts.length > 0 ? null : seen);
  };

  /** What somebody else has done meanwhile, under what was typed here. */
  const decide = async (choices: Choices) => {
    if (isWhole && whole !== null) {
      const fresh = await fetchWhole();
      const next = { base: fresh, text: prettyJson(rebasedWhole(fresh, whole.base, whole.text, choices)) };
      setWhole(next);
      await look(form, next);
      return;
    }
    const fresh = await api.get<ServiceForm>(apiPath(`${path}/form`));
    const isSeen = form.hidden.env === undefined && form.hidden.logOptions === undefined;
    const secrets =
      isSeen && Object.keys(fresh.hidden).length > 0
        ? secretValues(await api.get<Secrets>(apiPath(`${path}/env`)))
        : {};
    const next = {
      ...rebased(form, { ...fresh.values, ...secrets }, conflicts, choices),
      hidden: isSeen ? {} : fresh.hidden,
    };
    setForm(next);
    await look(next, whole);
  };

  return {
    form,
    read,
    whole,
    isWhole,
    pin,
    preview,
    conflicts,
    busy: submit.busy,
    error: submit.error,
    type: (id: FieldId, text: string) => {
      setForm((now) => ({ ...now, texts: { ...now.texts, [id]: text } }));
      submit.reset();
    },
    typeWhole: (text: string) => {
      setWhole((now) => now && { ...now, text });
      submit.reset();
    },
    setPin,
    reveal: async () => {
      const values = secretValues(await api.get<Secrets>(apiPath(`${path}/env`)));
      setForm((now) => revealed({ ...now, hidden: {} }, values));
    },
    /** Form or whole text. The text is read when it is asked for, which is audited: it shows every value. */
    show: (view: "form" | "json") =>
      submit.run(async () => {
        if (view === "json" && whole === null) {
          const base = await fetchWhole();
          setWhole({ base, text: prettyJson(base) });
        }
        setIsWhole(view === "json");
      }),
    review: () => submit.run(() => look(form, whole)),
    decide: (choices: Choices) => submit.run(() => decide(choices)),
    back: () => {
      setPreview(null);
      setConflicts([]);
      submit.reset();
    },
    /** Resolves true when the engine has accepted it. */
    apply: async (): Promise<boolean> => {
      let done = false;
      await submit.run(async () => {
        try {
          done = await send({
            method: "PATCH",
            path,
            body: bodyOf(form, whole),
            object: opened.name,
            title: t("edit.title", { name: opened.name }),
            verb: t("edit.apply"),
            typed: true,
            quiet: true,
          });
          setDone(done);
        } catch (error) {
          const fields =
            error instanceof ApiError && error.code === "conflict" ? error.problem?.details?.fields : null;
          if (!Array.isArray(fields)) throw error;
          setPreview(null);
          setConflicts(fields as EditConflict[]);
        }
      });
      return done;
    },
  };
}
