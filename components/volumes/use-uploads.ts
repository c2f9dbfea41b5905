"use client";

import "#lib/shared/i18n/pages/volumes.ts";
import { useEffect, useRef, useState } from "react";
import { useAsk } from "#components/cluster/ask.tsx";
import { ApiError } from "#lib/client/api.ts";
import { uploadFile } from "#lib/client/upload-file.ts";
import { formatBytes } from "#lib/shared/format.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { nameToText } from "#lib/shared/volumes/file-path.ts";
import { mostUploadBytes } from "#lib/shared/volumes/files.ts";

/** One file on its way up, or one that did not arrive. */
export interface Upload {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly error: string | null;
  readonly stop: () => void;
}

let lastId = 0;

/** Uploads files one after the other; asks before one takes the place of another. They end with the page. */
export function useUploads(
  urlOf: (name: string, size: number, replace: boolean) => string,
  onDone: () => void,
) {
  const ask = useAsk();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const ended = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    ended.current = controller;
    return () => controller.abort();
  }, []);
  const change = (id: number, part: Partial<Upload>) =>
    setUploads((all) => all.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const drop = (id: number) => setUploads((all) => all.filter((each) => each.id !== id));

  async function send(file: File, replace: boolean): Promise<void> {
    const own = new AbortController();
    lastId += 1;
    const id = lastId;
    const stop = () => {
      own.abort();
      drop(id);
    };
    const tooLarge =
      file.size > mostUploadBytes
        ? t("volumes.file.tooLarge", { name: file.name, size: formatBytes(mostUploadBytes) })
        : null;
    setUploads((all) => [...all, { id, name: file.name, size: file.size, sent: 0, error: tooLarge, stop }]);
    if (tooLarge !== null) return;
    try {
      const url = urlOf(nameToText(new TextEncoder().encode(file.name)), file.size, replace);
      const signal = AbortSignal.any([own.signal, ended.current.signal]);
      await uploadFile(url, file, { signal, onProgress: (sent) => change(id, { sent }) });
      drop(id);
      onDone();
    } catch (error) {
      if (own.signal.aborted || ended.current.signal.aborted) return;
      if (!replace && error instanceof ApiError && error.code === "conflict") {
        drop(id);
        const title = t("volumes.file.replaceTitle", { name: file.name });
        const [sentence, verb] = [t("volumes.file.replaceAsk"), t("volumes.file.replace")];
        if (await ask({ title, sentence, verb, danger: true })) await send(file, true);
        return;
      }
      change(id, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    uploads,
    /** `taken` are the names that are there already: these are asked about before anything is sent. */
    async add(files: readonly File[], taken: ReadonlySet<string>): Promise<void> {
      for (const file of files) {
        const isTaken = taken.has(nameToText(new TextEncoder().encode(file.name)));
        const title = t("volumes.file.replaceTitle", { name: file.name });
        const [sentence, verb] = [t("volumes.file.replaceAsk"), t("volumes.file.replace")];
        if (isTaken && !(await ask({ title, sentence, verb, danger: true }))) continue;
        await send(file, isTaken);
      }
    },
  };
}
