import { useEffect } from "react";
import { Toaster as Sonner, toast as sonner } from "sonner";
import { t } from "#lib/shared/i18n/translate.ts";
import { Icon } from "./icon.tsx";
import { onShow } from "./toast.ts";

/** The corner the toasts appear in. */
export function ToastCorner() {
  // After the corner has subscribed to the library: it forgets what was said before.
  useEffect(
    () =>
      onShow(({ message, isError, detail, action, id }) => {
        const options = { description: detail, action, id };
        if (isError)
          sonner.error(message, { ...options, duration: Number.POSITIVE_INFINITY, closeButton: true });
        else sonner(message, options);
      }),
    [],
  );
  return (
    <Sonner
      position="bottom-left"
      duration={6000}
      gap={8}
      expand
      style={{ fontFamily: "var(--font)" }}
      offset={16}
      mobileOffset={{ bottom: 72, left: 12, right: 12 }}
      containerAriaLabel={t("common.notifications")}
      icons={{
        error: <Icon name="alert" className="text-bad" />,
        close: <Icon name="x" size={14} />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: t("common.close"),
        classNames: {
          toast:
            "relative flex min-h-10 w-full items-center gap-2.5 rounded-3 border border-line-2 bg-raised py-2 pr-2 pl-3.5 text-13 text-ink shadow-2 sm:w-auto sm:min-w-80 sm:max-w-[480px]",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "mono mt-0.5 break-words text-ink-2",
          icon: "shrink-0",
          actionButton: "h-[26px] shrink-0 rounded-2 px-2 text-12 font-medium text-accent hover:bg-surface-3",
          closeButton:
            "order-last grid size-[26px] shrink-0 place-items-center rounded-2 text-ink-3 hover:bg-surface-3 hover:text-ink",
        },
      }}
    />
  );
}
