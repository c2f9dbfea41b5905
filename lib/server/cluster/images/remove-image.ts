import { causeOf } from "#lib/server/docker/errors.ts";
import type { NodeImage } from "#lib/server/docker/map-image.ts";
import { isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import type { LinkedNode } from "../nodes/node-engines.ts";

const path = (ref: string) =>
  `/images/${ref.split("/").map(encodeURIComponent).join("/")}`.replaceAll("%3A", ":").replaceAll("%40", "@");

/**
 * Removes an image from one node: its tags one after the other, the last of which takes the image along, as the engine
 * refuses the id of one that several repositories name. Answers null, or why it stayed.
 */
export async function removeFromNode(
  node: LinkedNode,
  image: Pick<NodeImage, "id" | "tags" | "digests">,
  options: { readonly only?: string | undefined; readonly force: boolean },
): Promise<string | null> {
  const name = options.only ?? image.tags[0] ?? image.id.slice(7, 19);
  const refs = options.only === undefined ? [...image.tags, image.id] : [options.only];
  try {
    for (const ref of refs) {
      const isLeftover = ref === image.id && image.tags.length > 0;
      await send(node, ref, options.force, isLeftover);
    }
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return sentence(error.engineText ?? error.message, name, node.name, error);
  }
}

async function send(node: LinkedNode, ref: string, force: boolean, mayBeGone: boolean): Promise<void> {
  try {
    await node.engine.send("DELETE", path(ref), {
      query: { force },
      signal: node.signal,
      timeoutMs: 120_000,
    });
  } catch (error) {
    if (mayBeGone && isAppError(error) && error.code === "not_found") return;
    throw error;
  }
}

function sentence(text: string, image: string, node: string, error: unknown): string {
  if (causeOf(error)?.status === 404) return t("images.error.notOn", { image, node });
  if (/using its referenced image|is using|being used by/i.test(text)) {
    const isRunning = /running container/i.test(text);
    return t(isRunning ? "images.error.running" : "images.error.stopped", { image, node });
  }
  if (/referenced in multiple repositories/i.test(text)) return t("images.error.several", { image, node });
  if (/dependent child images/i.test(text)) return t("images.error.children", { image, node });
  return t("images.error.other", { image, node, why: text });
}
