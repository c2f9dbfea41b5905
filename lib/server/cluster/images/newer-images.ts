import type { Caller } from "#lib/server/runtime-types.ts";
import { AppError, isAppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type NewerImages, type NewerUpdate, newerImages, taggedImage } from "#lib/shared/images/newer.ts";
import { changeSpec, type FieldEdit } from "../actions/change-spec.ts";
import { requireConfirm } from "../actions/confirm.ts";
import type { ActionContext } from "../actions/context.ts";
import { findService, objectPath } from "../actions/object-ref.ts";
import { patiently } from "../actions/patience.ts";
import { selfServiceWarning } from "../actions/self.ts";
import { digestOf, type TaggedDigest } from "./digest-of.ts";

/** Which services run something that their tag does not name any more. Whoever looks, registries are asked on a timer. */
export interface NewerWatch {
  get(): NewerImages;
  /** Asks about everything now, unless it is at it. Answers at once. Throws slow_down. */
  check(): NewerImages;
  /** Pins services to digests that were seen, each in one rolling update. Throws confirmation_needed before any. */
  update(
    caller: Caller,
    wanted: readonly { readonly service: string; readonly digest: string }[],
    confirm: string | undefined,
  ): Promise<readonly NewerUpdate[]>;
  stop(): void;
}

/** A round every half an hour; ms. */
const roundMs = 30 * 60_000;
/** Of one image at most so often by itself, because registries count: an anonymous reader of Docker Hub has 100 in 6 h. */
const oldMs = 6 * 3_600_000;
const mostInRound = 20;
/** By hand, ms. */
const againMs = 10_000;

interface Known {
  readonly at: number;
  readonly found: TaggedDigest | null;
  readonly why: string | null;
}

export function createNewerWatch(ctx: ActionContext, onError: (error: unknown) => void): NewerWatch {
  const known = new Map<string, Known>();
  let isChecking = false;
  let isStopped = false;
  let byHandAt = Number.NEGATIVE_INFINITY;
  const timer = setInterval(() => begin(false), roundMs);
  timer.unref();

  const images = () => [
    ...new Set(Object.values(ctx.model().services).flatMap((service) => taggedImage(service) ?? [])),
  ];

  async function ask(image: string): Promise<void> {
    const at = ctx.now();
    try {
      const found = await digestOf(ctx, image);
      known.set(image, { at, found, why: found === null ? t("newer.error.noDigest") : null });
    } catch (error) {
      if (!isAppError(error)) throw error;
      // What was known is as true as it was.
      const found = known.get(image)?.found ?? null;
      known.set(image, { at, found, why: error.engineText ?? error.message });
    }
  }

  /** One after another, so that neither a manager nor a registry feels it. */
  async function round(all: boolean): Promise<void> {
    const now = images();
    for (const image of known.keys()) if (!now.includes(image)) known.delete(image);
    const age = (image: string) => ctx.now() - (known.get(image)?.at ?? 0);
    const due = all ? now : now.filter((image) => age(image) >= oldMs).slice(0, mostInRound);
    for (const image of due) {
      if (isStopped) return;
      await ask(image);
    }
  }

  function begin(all: boolean): void {
    // A simulated engine knows no registry.
    if (isChecking || isStopped || ctx.model().info.simulated) return;
    isChecking = true;
    round(all)
      .catch(onError)
      .finally(() => {
        isChecking = false;
      });
  }

  function get(): NewerImages {
    const { services } = ctx.model();
    const newest = new Map(
      [...known].flatMap(([image, { found }]) => (found === null ? [] : [[image, found.digest]])),
    );
    const times = [...known.values()].map(({ at }) => at);
    const used = new Set(images());
    return {
      checkedAt: times.length === 0 ? null : Math.max(...times),
      isChecking,
      items: newerImages(services, newest),
      failed: [...known].flatMap(([image, { why }]) =>
        why === null || !used.has(image) ? [] : [{ image, why }],
      ),
      compared: Object.values(services).filter((service) => taggedImage(service) !== null).length,
    };
  }

  return {
    get,
    check() {
      const wait = byHandAt + againMs - ctx.now();
      if (!isChecking && wait > 0) {
        const retryAfterSeconds = Math.ceil(wait / 1_000);
        throw new AppError("slow_down", t("newer.error.slowDown", { n: retryAfterSeconds }), {
          details: { retryAfterSeconds },
        });
      }
      byHandAt = ctx.now();
      begin(true);
      return get();
    },
    async update(caller, wanted, confirm) {
      const self = ctx.self()?.serviceId;
      const found = wanted.map((each) => {
        const item = get().items.find(({ service }) => [service.id, service.name].includes(each.service));
        if (item?.newest !== each.digest) {
          throw new AppError("conflict", t("newer.error.gone", { name: each.service }));
        }
        return item;
      });
      for (const { service } of found) {
        requireConfirm(selfServiceWarning(service, ctx.self(), "restart"), service.name, confirm);
      }
      const updates: NewerUpdate[] = [];
      // Shoal's own comes last, because its update ends this very server.
      const ordered = [
        ...found.filter(({ service }) => service.id !== self),
        ...found.filter(({ service }) => service.id === self),
      ];
      for (const { service, image, newest } of ordered) {
        updates.push({
          service,
          ...(await pin(
            ctx,
            caller,
            service.id,
            image,
            known.get(image)?.found ?? { digest: newest, platforms: [] },
          )),
        });
      }
      return updates;
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

/** Gives one service the digest, if its image still is the one that was looked at. The kept login goes with it to the nodes. */
async function pin(
  ctx: ActionContext,
  caller: Caller,
  id: string,
  image: string,
  { digest, platforms }: TaggedDigest,
): Promise<Omit<NewerUpdate, "service">> {
  try {
    const { name, value } = await patiently(ctx, () => findService(ctx, id));
    const present = value.Spec?.TaskTemplate?.ContainerSpec?.Image ?? "";
    if (present.split("@")[0] !== image) throw new AppError("conflict", t("newer.error.gone", { name }));
    const target = {
      kind: "service" as const,
      id,
      name,
      path: objectPath("service", id),
      action: "service.image",
    };
    const edits: FieldEdit[] = [
      {
        path: ["TaskTemplate", "ContainerSpec", "Image"],
        label: t("actions.spec.image"),
        expected: JSON.stringify(present),
        next: () => JSON.stringify(`${image}@${digest}`),
      },
    ];
    if (platforms.length > 0) {
      // Swarm gives tasks only to nodes that the image is made for, as far as it is told.
      const path = ["TaskTemplate", "Placement", "Platforms"];
      edits.push({ path, label: t("newer.platforms"), next: () => JSON.stringify(platforms) });
    }
    const { operation } = await changeSpec(ctx, caller, target, edits);
    ctx.changed({ services: [id] });
    return { operation, error: null };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { operation: null, error: error.engineText ?? error.message };
  }
}
