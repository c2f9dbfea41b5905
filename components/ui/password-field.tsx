"use client";

import { useState } from "react";
import { t } from "#lib/shared/i18n/translate.ts";
import { Button } from "./button.tsx";
import { TextField, type TextFieldProps } from "./field.tsx";
import { Icon } from "./icon.tsx";

/** A password or key, hidden until asked for. */
export function PasswordField(props: Omit<TextFieldProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  const label = shown ? t("common.hidePassword") : t("common.showPassword");
  return (
    <TextField
      {...props}
      type={shown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      trailing={
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={label}
          aria-pressed={shown}
          className="-mr-1.5"
          onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? "eye-off" : "eye"} size={14} />
        </Button>
      }
    />
  );
}
