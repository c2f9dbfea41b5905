"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { guardLeaving } from "#lib/client/leaving.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { useAsk } from "./ask.tsx";

/** What browsers tell of a step through the history, where they let pages keep it (the Navigation API). */
interface NavigateEvent extends Event {
  readonly navigationType: string;
  readonly destination: { readonly key: string };
}
interface Navigation extends EventTarget {
  traverseTo(key: string): unknown;
}

/**
 * While something on the page is not saved, asks before it is left: by a link, a key, the browser's own back and forward, or
 * by closing the tab.
 */
export function useLeaveGuard(isUnsaved: boolean): void {
  const ask = useAsk();
  const router = useRouter();
  const mayLeave = useEffectEvent(() =>
    ask({
      title: t("common.leaveTitle"),
      sentence: t("common.leaveLead"),
      verb: t("common.leave"),
      danger: true,
    }),
  );
  const push = useEffectEvent((href: string) => router.push(href));
  useEffect(() => {
    if (!isUnsaved) return;
    const ended = new AbortController();
    const { signal } = ended;
    const release = guardLeaving(mayLeave);
    const afterYes = (go: () => void) =>
      void mayLeave().then((yes) => {
        if (!yes) return;
        ended.abort();
        go();
      });
    const onClick = (event: MouseEvent) => {
      const href = ownPage(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      afterYes(() => push(href));
    };
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const { navigation } = window as { navigation?: Navigation };
    const onNavigate = (event: Event) => {
      const { navigationType, destination } = event as NavigateEvent;
      if (navigationType !== "traverse" || !event.cancelable) return;
      event.preventDefault();
      afterYes(() => navigation?.traverseTo(destination.key));
    };
    document.addEventListener("click", onClick, { capture: true, signal });
    window.addEventListener("beforeunload", onUnload, { signal });
    navigation?.addEventListener("navigate", onNavigate, { signal });
    return () => {
      ended.abort();
      release();
    };
  }, [isUnsaved]);
}

/** Where a click leads, when it is to another page of ours in this tab. */
function ownPage(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
  if (
    link === null ||
    link.target === "_blank" ||
    link.origin !== location.origin ||
    link.hasAttribute("download")
  )
    return null;
  const isHere = link.pathname === location.pathname && link.search === location.search;
  return isHere ? null : `${link.pathname}${link.search}${link.hash}`;
}
