"use client";

import "#lib/shared/i18n/pages/people.ts";
import { type FormEvent, useState } from "react";
import { nameProblem } from "#components/auth/account-rules.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { toast } from "#components/ui/toast.ts";
import { useSubmit } from "#components/ui/use-submit.ts";
import { api } from "#lib/client/api.ts";
import { formProblems } from "#lib/client/form-problems.ts";
import type { Access, ClusterRoles } from "#lib/shared/access.ts";
import type { UserInfo } from "#lib/shared/api/people-types.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { isAtLeast } from "#lib/shared/roles.ts";
import { AccessChoice } from "./access-choice.tsx";
import type { ClusterName } from "./role-word.ts";

export interface EditUserDialogProps {
  user: UserInfo;
  /** It is the account of whoever edits it. */
  isSelf: boolean;
  clusters: readonly ClusterName[];
  onClose: () => void;
  onChanged: () => void;
}

/** Name of an account, its role, and its roles in single clusters. */
export function EditUserDialog({ user, isSelf, clusters, onClose, onChanged }: EditUserDialogProps) {
  const [name, setName] = useState(user.name);
  const [access, setAccess] = useState<Access>({ role: user.role, clusters: user.clusters });
  const submit = useSubmit();
  const { fields, form } = formProblems(submit.error, ["name"]);
  const mayLess = !isAtLeast(access.role, user.role);
  const isMoved = !sameRoles(access.clusters, user.clusters);
  const isOther = access.role !== user.role || isMoved;
  const isRenamed = name.trim() !== user.name;
  const wrongName = nameProblem(name);

  const send = (event: FormEvent) => {
    event.preventDefault();
    if (wrongName) return;
    void submit.run(async () => {
      const { role } = access;
      const change = {
        ...(isRenamed && { name: name.trim() }),
        ...(role !== user.role && { role }),
        ...(isMoved && { clusters: access.clusters }),
      };
      await api.patch(`/users/${encodeURIComponent(user.id)}`, change);
      if (isSelf) {
        // With less the own session has ended; with another name every page is to say it.
        window.location.assign(mayLess ? "/sign-in" : "/users");
        return;
      }
      toast(t("people.saved", { name: name.trim() }));
      onChanged();
      onClose();
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("people.editTitle", { name: user.name })}
    >
      <form onSubmit={send} noValidate className="grid gap-4">
        <TextField
          label={t("people.name")}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            submit.reset();
          }}
          error={fields.name ?? wrongName}
          hint={user.configured && isRenamed ? t("people.configuredName") : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <AccessChoice value={access} onChange={setAccess} clusters={clusters} />
        {mayLess && (
          <Banner tone="warn">
            {t("people.lessEnds", { name: user.name })} {isSelf && t("people.selfEnds")}
          </Banner>
        )}
        {form && (
          <Banner tone="bad" role="alert">
            {form}
          </Banner>
        )}
        <Button
          type="submit"
          variant="primary"
          className="justify-self-end"
          disabled={submit.busy || (!isRenamed && !isOther)}
        >
          {t("people.save")}
        </Button>
      </form>
    </Dialog>
  );
}

function sameRoles(one: ClusterRoles, other: ClusterRoles): boolean {
  const entries = Object.entries(one);
  return entries.length === Object.keys(other).length && entries.every(([id, role]) => other[id] === role);
}
