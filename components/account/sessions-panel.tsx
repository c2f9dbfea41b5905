"use client";

import "#lib/shared/i18n/pages/account.ts";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { toast, toastError } from "#components/ui/toast.ts";
import { api } from "#lib/client/api.ts";
import type { SessionInfo } from "#lib/shared/api/types.ts";
import { browserName } from "#lib/shared/browser-name.ts";
import { t } from "#lib/shared/i18n/translate.ts";

interface Props {
  sessions: readonly SessionInfo[];
  /** A session has ended: read them again. */
  onChanged: () => void;
}

/** Where this account is signed in, with the means to end one session or all. */
export function SessionsPanel({ sessions, onChanged }: Props) {
  const [asking, setAsking] = useState(false);
  const endAll = async () => {
    await api.delete("/me/sessions");
    // A whole new document: nothing of the signed-in pages stays in memory.
    window.location.assign("/sign-in");
  };
  const end = async (session: SessionInfo) => {
    try {
      await api.delete(`/me/sessions/${encodeURIComponent(session.id)}`);
      toast(t("account.ended", { name: sessionName(session) }));
    } catch (error) {
      toastError(error instanceof Error ? error.message : String(error));
    }
    onChanged();
  };

  return (
    <Panel
      bare
      title={t("account.sessions")}
      aside={
        <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
          {t("account.endAll")}
        </Button>
      }
    >
      <p className="px-3.5 pt-3 pb-1 text-12 text-ink-3">{t("account.sessionsHint")}</p>
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionItem key={session.id} session={session} onEnd={() => void end(session)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("account.endAll")}
        sentence={t("account.endAllSentence", { n: sessions.length })}
        verb={t("account.endAll")}
        danger
        onConfirm={endAll}
      />
    </Panel>
  );
}

function SessionItem({ session, onEnd }: { session: SessionInfo; onEnd: () => void }) {
  const name = sessionName(session);
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="truncate font-medium" title={session.userAgent}>
            {name}
          </span>
          {session.current && <Tag tone="accent">{t("account.thisSession")}</Tag>}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-12 text-ink-3">
          <span className="mono break-all">{session.address}</span>
          <span>
            {t("account.seen")} <RelativeTime at={session.lastSeenAt} ago />
          </span>
          <span>
            {t("account.since")} <RelativeTime at={session.createdAt} ago />
          </span>
        </p>
      </div>
      {!session.current && (
        <Button size="sm" aria-label={t("account.endSession", { name })} onClick={onEnd}>
          {t("account.end")}
        </Button>
      )}
    </li>
  );
}

function sessionName({ userAgent }: SessionInfo): string {
  const { browser, system } = browserName(userAgent);
  if (browser && system) return t("account.browserOn", { browser, system });
  return browser ?? system ?? t("account.unknownBrowser");
}
