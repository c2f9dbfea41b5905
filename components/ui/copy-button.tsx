"use client";

import { useEffect, useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Button, type ButtonProps } from "./button.tsx";
import { copyText } from "./copy-text.ts";
import { Icon } from "./icon.tsx";
import { toastError } from "./toast.ts";

export interface CopyButtonProps extends Omit<ButtonProps, "children" | "onClick"> {
  text: string;
  /** Icon alone (with a spoken label), or icon and word. */
  iconOnly?: boolean;
}

/** Copies and says so for two seconds. */
export function CopyButton({ text, iconOnly, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (!done) toastError(t("common.copyFailed"), { id: "copy" });
  };
  const word = copied ? t("common.copied") : t("common.copy");
  return (
    <Button
      size={iconOnly ? "icon-sm" : "sm"}
      variant={iconOnly ? "ghost" : "outline"}
      aria-label={iconOnly ? word : undefined}
      aria-live="polite"
      onClick={() => void copy()}
      {...props}
    >
      <Icon name={copied ? "check" : "copy"} size={14} className={copied ? "text-ok" : undefined} />
      {!iconOnly && word}
    </Button>
  );
}
