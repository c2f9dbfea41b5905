"use client";

import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { later } from "#components/ui/later.tsx";

// Loaded with the first question.
const ConfirmDialog = later(async () => (await import("#components/ui/confirm-dialog.tsx")).ConfirmDialog);

/** A question before something stops or is lost. */
export interface Question {
  /** Verb and object: "Drain swarm-3". */
  readonly title: string;
  /** What will happen. */
  readonly sentence: ReactNode;
  readonly details?: ReactNode;
  readonly verb: string;
  readonly danger?: boolean;
  /** The person must type this name. */
  readonly typedName?: string;
  /** Runs on yes, while the dialog is open; a rejection is shown in it and the person may try again. */
  readonly run?: () => Promise<void>;
}

type Ask = (question: Question) => Promise<boolean>;
const AskContext = createContext<Ask | null>(null);

/** Holds the one question that may be open at a time. */
export function AskProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question>();
  const [isOpen, setOpen] = useState(false);
  const answer = useRef<(yes: boolean) => void>(undefined);

  const ask: Ask = (next) => {
    answer.current?.(false);
    setQuestion(next);
    setOpen(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  };
  const settle = (yes: boolean) => {
    const resolve = answer.current;
    answer.current = undefined;
    resolve?.(yes);
  };
  return (
    <AskContext value={ask}>
      {children}
      {question && (
        <ConfirmDialog
          open={isOpen}
          onOpenChange={(open) => {
            setOpen(open);
            if (!open) settle(false);
          }}
          title={question.title}
          sentence={question.sentence}
          verb={question.verb}
          danger={question.danger}
          typedName={question.typedName}
          onConfirm={async () => {
            await question.run?.();
            settle(true);
          }}
        >
          {question.details}
        </ConfirmDialog>
      )}
    </AskContext>
  );
}

/** Asks; resolves true after yes (and after its `run`), false after cancel. */
export function useAsk(): Ask {
  const ask = useContext(AskContext);
  if (ask === null) throw new Error("useAsk needs an AskProvider above");
  return ask;
}
