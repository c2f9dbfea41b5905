import { amountOf, listOf, textOf } from "#lib/server/docker/hostile.ts";
import type { WireService, WireServiceSpec } from "#lib/server/docker/wire.ts";
import type { ServiceRef } from "#lib/shared/api/resource-types.ts";
import type { FileKind } from "#lib/shared/swarm-files/limits.ts";
import type { FileUse } from "#lib/shared/swarm-files/types.ts";

/** What services say of secrets and configs. */
export interface FileUses {
  readonly present: readonly NamedUse[];
  /** By the specification that the engine's own rollback goes back to; those that name it now as well included. */
  readonly previous: readonly NamedUse[];
}

export interface NamedUse extends FileUse {
  readonly kind: FileKind;
  /** The id of the secret or config. */
  readonly file: string;
}

export function fileUsesOf(services: readonly WireService[]): FileUses {
  const all = (part: "Spec" | "PreviousSpec") =>
    services.flatMap((each) => {
      const service = { id: textOf(each?.ID), name: textOf(each?.Spec?.Name) };
      return usesIn(each?.[part], service);
    });
  return { present: all("Spec"), previous: all("PreviousSpec") };
}

function usesIn(spec: WireServiceSpec | null | undefined, service: ServiceRef): readonly NamedUse[] {
  const container = spec?.TaskTemplate?.ContainerSpec;
  const ofKind = (kind: FileKind) =>
    listOf(kind === "secret" ? container?.Secrets : container?.Configs).map((each): NamedUse => {
      const file = each?.File;
      return {
        kind,
        file: textOf(kind === "secret" ? each?.SecretID : each?.ConfigID),
        service,
        target: file ? targetOf(kind, textOf(file.Name)) : null,
        uid: textOf(file?.UID),
        gid: textOf(file?.GID),
        mode: amountOf(file?.Mode).toString(8).padStart(4, "0"),
      };
    });
  return [...ofKind("secret"), ...ofKind("config")];
}

/** A name without a slash is below swarm's own folder. */
function targetOf(kind: FileKind, name: string): string {
  if (name.startsWith("/")) return name;
  return kind === "secret" ? `/run/secrets/${name}` : `/${name}`;
}
