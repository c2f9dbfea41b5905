"use client";

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import type { StackProblem } from "#lib/shared/stacks/types.ts";
import { completeKey } from "./compose-keys.ts";

export interface ComposeEditorProps {
  /** For screen readers: the name of the file. */
  label: string;
  /** The text to begin with; from then on the editor has it. Another `key` begins anew. */
  initial: string;
  onChange: (text: string) => void;
  isYaml: boolean;
  readOnly?: boolean;
  problems: readonly StackProblem[];
  /** The line to show, and a number that grows with each wish. */
  goTo: { readonly line: number; readonly wish: number } | null;
}

/** An editor of one file of a stack: line numbers, problems at their lines, completion of keys. Tab leaves it. */
export function ComposeEditor({
  label,
  initial,
  onChange,
  isYaml,
  readOnly = false,
  problems,
  goTo,
}: ComposeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ onChange, initial });
  useEffect(() => {
    latest.current.onChange = onChange;
  }, [onChange]);
  useEffect(() => {
    if (!place.current) return;
    const state = EditorState.create({
      doc: latest.current.initial,
      extensions: [
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), highlightActiveLine(), lintGutter(),
        syntaxHighlighting(colors),
        ...(isYaml ? [yaml(), autocompletion({ override: [completeKey] })] : []),
        keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
        EditorView.cspNonce.of(nonceOfPage()),
        // The index: what scrolls sideways must be reachable by keyboard, and not everybody counts what is editable.
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
        EditorState.readOnly.of(readOnly),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
        look,
      ],
    }); // biome-ignore format: lists of extensions
    const made = new EditorView({ state, parent: place.current });
    view.current = made;
    return () => made.destroy();
  }, [label, isYaml, readOnly]);
  useEffect(() => {
    const now = view.current;
    if (now)
      now.dispatch(
        setDiagnostics(
          now.state,
          problems.flatMap((each) => diagnosticOf(now.state, each)),
        ),
      );
  }, [problems]);
  useEffect(() => {
    const now = view.current;
    if (!now || !goTo) return;
    const { from } = now.state.doc.line(Math.min(goTo.line, now.state.doc.lines));
    now.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    now.focus();
  }, [goTo]);
  return <div ref={place} data-slot="compose-editor" className="h-full min-h-0" />;
}

function diagnosticOf(
  { doc }: EditorState,
  { line, severity, message }: StackProblem,
): readonly Diagnostic[] {
  if (line === null || line > doc.lines) return [];
  const { from, to, text } = doc.line(line);
  const start = from + (text.length - text.trimStart().length);
  return [{ from: Math.min(start, to), to, severity, message }];
}

/** Styles are allowed by the page's policy only with the nonce of its scripts. */
function nonceOfPage(): string {
  return document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
}

/** Few colours: keys, what is quoted, and what is no value. */
const colors = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: tags.string, color: "var(--ok)" },
  { tag: [tags.comment, tags.meta], color: "var(--ink-3)" },
]);

/** The tokens of the design, so that both themes fit. */
const look = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "12.5px" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono, ui-monospace, monospace)", lineHeight: "19px" },
  ".cm-gutters": { backgroundColor: "var(--surface-2)", color: "var(--ink-3)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": {
    backgroundColor: "color-mix(in oklab, var(--accent-soft) 45%, transparent)",
  },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-line)",
  },
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--ink)", border: "1px solid var(--line-2)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--bad-mark)" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline wavy var(--warn-mark)" },
});
