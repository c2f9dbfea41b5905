"use client";

import "#lib/shared/i18n/pages/auth.ts";
import "#lib/shared/i18n/pages/images.ts";
import { type FormEvent, useState } from "react";
import useSWR from "swr";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CheckboxField } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { ListAnswer, NodeFreshness } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { loginFor } from "#lib/shared/registries/login-for.ts";
import type { RegistryItem } from "#lib/shared/registries/types.ts";

type Login = Pick<RegistryItem, "id" | "name" | "address" | "clusters" | "updatedAt">;

export interface PullDialogProps {
  /** What stands in the field to begin with. */
  image: string;
  nodes: readonly NodeFreshness[];
  onClose: () => void;
}

/** Asks which image to pull on which nodes; the page shows how it goes. */
export function PullDialog({ image: first, nodes, onClose }: PullDialogProps) {
  const { apiPath } = useCluster();
  const [image, setImage] = useState(first);
  const [chosen, setChosen] = useState(() => nodes.filter(({ ok }) => ok).map(({ id }) => id));
  const [isPrivate, setPrivate] = useState(false);
  const [auth, setAuth] = useState({ username: "", password: "" });
  const [usesStored, setUsesStored] = useState(true);
  const stored = useStoredLogin(image.trim());
  const isStored = stored !== null && usesStored;
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["image", "auth.username", "auth.password"]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    void submit.run(async () => {
      if (chosen.length === 0) throw new Error(t("images.pull.noNode"));
      const body = {
        image: image.trim(),
        nodes: chosen,
        ...(isStored ? { login: "stored" } : isPrivate && { auth }),
      };
      await api.post(apiPath("/images/pulls"), body);
      onClose();
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("images.pull.title")}>
      <form onSubmit={send} noValidate className="grid gap-4">
        <TextField
          label={t("images.pull.image")}
          hint={t("images.pull.imageHint")}
          error={fields.image && t("images.pull.notAnImage")}
          value={image}
          mono
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setImage(event.target.value)}
        />
        <fieldset>
          <legend className="mb-1.5 font-medium">{t("images.pull.nodes")}</legend>
          <div className="grid max-h-40 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
            {nodes.map(({ id, name, ok, error }) => (
              <CheckboxField
                key={id}
                label={name}
                hint={ok ? undefined : error}
                disabled={!ok}
                checked={chosen.includes(id)}
                onCheckedChange={(checked) =>
                  setChosen(checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                }
              />
            ))}
          </div>
        </fieldset>
        {stored !== null && (
          <CheckboxField
            label={t("images.pull.stored", { name: stored.name })}
            hint={t("images.pull.storedHint")}
            checked={usesStored}
            onCheckedChange={setUsesStored}
          />
        )}
        {!isStored && (
          <CheckboxField label={t("images.pull.private")} checked={isPrivate} onCheckedChange={setPrivate} />
        )}
        {!isStored && isPrivate && (
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={t("images.pull.user")}
              error={fields["auth.username"] && t("images.pull.userMissing")}
              value={auth.username}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              onChange={(event) => setAuth({ ...auth, username: event.target.value })}
            />
            <TextField
              label={t("images.pull.password")}
              hint={t("images.pull.passwordHint")}
              error={fields["auth.password"] && t("images.pull.passwordMissing")}
              type="password"
              value={auth.password}
              autoComplete="new-password"
              onChange={(event) => setAuth({ ...auth, password: event.target.value })}
            />
          </div>
        )}
        {form !== undefined && (
          <Banner tone="bad" role="alert">
            {form}
          </Banner>
        )}
        <Button type="submit" variant="primary" className="justify-self-end" disabled={submit.busy}>
          {t("images.pull.open")}
        </Button>
      </form>
    </Dialog>
  );
}

/** The login that is kept for an image's registry, for those who may pull; null: there is none. */
function useStoredLogin(image: string): Login | null {
  const { may, apiPath, model } = useCluster();
  const path = may("registry.read") ? apiPath("/registries") : null;
  const { data } = useSWR(path, (key: string) => api.get<ListAnswer<Login>>(key), {
    revalidateOnFocus: false,
  });
  return image === "" ? null : loginFor(data?.items ?? [], image, model.info.id);
}
