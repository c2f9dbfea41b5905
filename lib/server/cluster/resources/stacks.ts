import type {
  ConfigItem,
  NetworkItem,
  SecretItem,
  StackDetail,
  StackItem,
} from "#lib/shared/api/resource-types.ts";
import { AppError } from "#lib/shared/errors.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { indexModel } from "#lib/shared/model/index-model.ts";
import { serviceHealth } from "#lib/shared/model/service-health.ts";
import { healthKinds } from "#lib/shared/model/service-verdict.ts";
import type { ClusterModel } from "#lib/shared/model/types.ts";
import { compareNatural } from "#lib/shared/natural-order.ts";
import type { Resources } from "./resources.ts";

/** What stacks are made of. */
interface Parts {
  readonly model: ClusterModel;
  readonly networks: readonly NetworkItem[];
  readonly secrets: readonly SecretItem[];
  readonly configs: readonly ConfigItem[];
}

/** Reads what stacks are made of beside services. */
export async function partsOfStacks(resources: Resources, model: ClusterModel): Promise<Parts> {
  const [networks, secrets, configs] = await Promise.all([
    resources.networks(),
    resources.secrets(),
    resources.configs(),
  ]);
  return { model, networks, secrets, configs };
}

/** All stacks by name, those of which only networks or files are left included. */
export function stackList(parts: Parts): readonly StackItem[] {
  const { model, networks, secrets, configs } = parts;
  const all = [...Object.values(model.services), ...networks, ...secrets, ...configs];
  const names = new Set(all.map(({ stack }) => stack).filter((stack) => stack !== null));
  return [...names].sort(compareNatural).map((name) => stackDetail(parts, name).stack);
}

/** One stack with everything that carries its label. Throws not_found. */
export function stackDetail({ model, ...parts }: Parts, name: string): StackDetail {
  const inStack = <T extends { readonly stack: string | null; readonly name: string }>(items: readonly T[]) =>
    items.filter((item) => item.stack === name).sort((a, b) => compareNatural(a.name, b.name));
  const services = inStack(Object.values(model.services));
  const networks = inStack(parts.networks);
  const secrets = inStack(parts.secrets);
  const configs = inStack(parts.configs);
  const everything = [...services, ...networks, ...secrets, ...configs];
  if (everything.length === 0)
    throw new AppError("not_found", t("resources.noStack", { name: name.slice(0, 100) }));
  const now = Date.now();
  const healths = services.map((service) =>
    serviceHealth(service, indexModel(model).tasksByService.get(service.id) ?? [], model.nodes, now),
  );
  const kinds = healths
    .map(({ kind }) => kind)
    .sort((a, b) => healthKinds.indexOf(a) - healthKinds.indexOf(b));
  return {
    stack: {
      name,
      health: kinds[0] ?? null,
      services: services.length,
      tasksRunning: healths.reduce((sum, health) => sum + (health.running ?? 0), 0),
      tasksDesired: healths.reduce((sum, health) => sum + health.desired, 0),
      networks: networks.length,
      secrets: secrets.length,
      configs: configs.length,
      updatedAt: Math.max(...everything.map(({ updatedAt }) => updatedAt)),
    },
    services,
    networks,
    secrets,
    configs,
  };
}
