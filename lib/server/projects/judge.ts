import type { Engine } from "#lib/server/docker/engine.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { escapesIn } from "#lib/shared/policy/host-escapes.ts";
import { entriesAt, isEmpty, itemsAt, textsAt } from "#lib/shared/policy/members.ts";
import { composeLabels } from "./labels.ts";

/** Says why a body must not be sent, as a sentence; null: it may. */
export interface Judge {
  container(body: unknown): Promise<string | null>;
  volume(body: unknown): string | null;
  network(body: unknown): string | null;
}

export interface JudgeOptions {
  readonly engine: Pick<Engine, "get">;
  readonly project: string;
  /** May this person open ways from containers to their host? */
  readonly mayReachHost: boolean;
  /** Volumes with Shoal's own data. */
  readonly ownVolumes: ReadonlySet<string>;
  /** The folder of this run, which is gone when it has ended. */
  readonly folder: string;
}

/** Drivers that stay on their host without being of it. */
const ownDrivers = new Set(["", "bridge", "overlay", "null"]);

/** What compose sends is judged as it is sent: whatever a file says in whatever way, this is what the engine would do. */
export function createJudge({ engine, project, mayReachHost, ownVolumes, folder }: JudgeOptions): Judge {
  const hostNames = new Set(["host", "none", "default", "bridge"]);

  /** A network can also be named by its id, or its beginning. */
  async function isHostNetwork(name: string): Promise<boolean> {
    if (name === "host") return true;
    if (hostNames.has(name) || name.startsWith("container:")) return false;
    const found = await engine
      .get<{ Driver?: string }>(`/networks/${encodeURIComponent(name)}`)
      .catch(() => null);
    return found?.Driver === "host";
  }

  return {
    async container(body) {
      const name = serviceOf(body);
      const gone = sourcesOf(body).find((source) => source === folder || source.startsWith(`${folder}/`));
      if (gone !== undefined)
        return t("projects.problem.relative", { name, path: gone.slice(folder.length + 1) || "." });
      if (labelOf(body, composeLabels.project) !== project) return t("projects.refusal.foreign", { name });
      if (mayReachHost) return null;
      const joined = [
        ...textsAt(body, "HostConfig", "NetworkMode"),
        ...entriesAt(body, "NetworkingConfig", "EndpointsConfig").map(([network]) => network),
      ];
      const host = await Promise.all(joined.map(async (each) => ((await isHostNetwork(each)) ? [each] : [])));
      const [first] = escapesIn(body, { hostNetworks: new Set(host.flat()), ownVolumes });
      if (first === undefined) return null;
      const what = [first.kind.replaceAll("_", " "), first.detail].filter(Boolean).join(" ");
      return t("deploy.problem.escape", { name, what });
    },
    volume(body) {
      const [name = ""] = textsAt(body, "Name");
      if (mayReachHost) return null;
      const [driver = "local"] = textsAt(body, "Driver").filter(Boolean);
      const options = entriesAt(body, "DriverOpts").filter(([, value]) => !isEmpty(value));
      if (driver === "local" && options.length === 0) return null;
      const words = options.map(([option, value]) => `${option}=${String(value)}`).join(", ");
      return t("deploy.problem.escape", {
        name,
        what: [`volume driver ${driver}`, words].filter(Boolean).join(" "),
      });
    },
    network(body) {
      const [name = ""] = textsAt(body, "Name");
      const drivers = textsAt(body, "Driver");
      const other = drivers.find((driver) => !ownDrivers.has(driver));
      return mayReachHost || other === undefined
        ? null
        : t("projects.refusal.driver", { name, driver: other });
    },
  };
}

/** The service in the file that a container is made for. */
function serviceOf(body: unknown): string {
  return labelOf(body, composeLabels.service) ?? "";
}

/** A label in the body of a create, or of an inspected configuration. */
export function labelOf(body: unknown, label: string): string | null {
  const found = entriesAt(body, "Labels").find(([name]) => name === label)?.[1];
  return typeof found === "string" ? found : null;
}

function sourcesOf(body: unknown): readonly string[] {
  const binds = textsAt(body, "HostConfig", "Binds").map((bind) => bind.split(":")[0] ?? "");
  const mounts = itemsAt(body, "HostConfig", "Mounts").flatMap((mount) => textsAt(mount, "Source"));
  return [...binds, ...mounts];
}
