"use client";

import "#lib/shared/i18n/pages/node-dialogs.ts";
import { useState } from "react";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { api } from "#lib/client/api.ts";
import type { JoinTokens } from "#lib/shared/api/types.ts";
import { t } from "#lib/shared/i18n/translate.ts";

export interface JoinDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** How a machine joins: the command with its token, shown on demand and audited. */
export function JoinDialog({ open, onOpenChange }: JoinDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title={t("nodes.join.title")}
      description={t("nodes.join.lead")}
    >
      {open && <JoinCommands />}
    </Dialog>
  );
}

type JoinRole = "worker" | "manager";

function JoinCommands() {
  const { apiPath, may, blocked } = useCluster();
  const [role, setRole] = useState<JoinRole>("worker");
  const [tokens, setTokens] = useState<JoinTokens>();
  const [error, setError] = useState<string>();
  const [isRotated, setRotated] = useState(false);

  const run = async (work: () => Promise<void>) => {
    setError(undefined);
    try {
      await work();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
  };
  const show = () => run(async () => setTokens(await api.get<JoinTokens>(apiPath("/swarm/join-tokens"))));
  const rotate = () =>
    run(async () => {
      await api.post(apiPath("/swarm/rotate"), { target: role });
      setTokens(await api.get<JoinTokens>(apiPath("/swarm/join-tokens")));
      setRotated(true);
    });
  return (
    <div className="grid gap-3">
      <Segmented
        label={t("nodes.join.role")}
        value={role}
        onChange={(next) => {
          setRole(next);
          setRotated(false);
        }}
        options={[
          { value: "worker", label: t("nodes.join.worker") },
          { value: "manager", label: t("nodes.join.manager") },
        ]}
        className="justify-self-start"
      />
      <p className="text-ink-2">
        {t(role === "worker" ? "nodes.join.workerHint" : "nodes.join.managerHint")}
      </p>
      {tokens ? (
        <CodeBlock
          code={tokens[role]}
          label={t("nodes.join.command")}
          className="[&_pre]:whitespace-pre-wrap [&_pre]:break-all"
        />
      ) : (
        <Button
          variant="primary"
          className="justify-self-start"
          reason={blocked ?? undefined}
          onClick={() => void show()}
        >
          {t("nodes.join.show")}
        </Button>
      )}
      {isRotated && <Banner role="status">{t("nodes.join.rotated")}</Banner>}
      {error && (
        <Banner tone="bad" role="alert">
          {error}
        </Banner>
      )}
      {tokens && may("swarm.settings") && (
        <div className="flex flex-wrap items-center gap-3 border-t border-line pt-3">
          <p className="min-w-60 flex-1 text-12 text-ink-3">{t("nodes.join.rotateHint")}</p>
          <Button reason={blocked ?? undefined} onClick={() => void rotate()}>
            {t("nodes.join.rotate")}
          </Button>
        </div>
      )}
    </div>
  );
}
