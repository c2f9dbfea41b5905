import type { HealthKind } from "../model/service-verdict.ts";
import type { ServiceView } from "../model/types.ts";

/** Stacks, networks, secrets and configs as the API lists them. Times are ms since 1970. */

export interface ResourceItem {
  readonly id: string;
  readonly name: string;
  /** Value of the label `com.docker.stack.namespace`. */
  readonly stack: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Services whose specification names it. */
  readonly usedBy: readonly ServiceRef[];
}

export interface ServiceRef {
  readonly id: string;
  readonly name: string;
}

export interface NetworkItem extends ResourceItem {
  readonly driver: string;
  /** `swarm` for all that is listed here; kept because Docker's users look for the word. */
  readonly scope: string;
  readonly subnets: readonly string[];
  readonly attachable: boolean;
  readonly internal: boolean;
  /** The network of the routing mesh: used by every port published in ingress mode. */
  readonly ingress: boolean;
  readonly encrypted: boolean;
  readonly ipv6: boolean;
}

/** Never with data: nobody reads a secret back. */
export interface SecretItem extends ResourceItem {
  /** Where an external store keeps it; null: the swarm itself. */
  readonly driver: string | null;
}

/** Without content, which only `…/configs/{id}/data` reveals. */
export interface ConfigItem extends ResourceItem {
  /** Template engine that fills it in on the node; null: none. */
  readonly templating: string | null;
}

export interface ConfigData {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Null: it is not text. */
  readonly text: string | null;
  readonly base64: string;
}

export interface StackItem {
  readonly name: string;
  /** The worst of its services; null: it has none. */
  readonly health: HealthKind | null;
  readonly services: number;
  readonly tasksRunning: number;
  readonly tasksDesired: number;
  readonly networks: number;
  readonly secrets: number;
  readonly configs: number;
  /** Of its newest part. */
  readonly updatedAt: number;
}

/** A compose file rebuilt from the services that run as a stack. */
export interface RebuiltStackFile {
  readonly text: string;
  /** By service: paths of its specification that no compose file can say. */
  readonly left: Readonly<Record<string, readonly string[]>>;
}

export interface StackDetail {
  readonly stack: StackItem;
  readonly services: readonly ServiceView[];
  readonly networks: readonly NetworkItem[];
  readonly secrets: readonly SecretItem[];
  readonly configs: readonly ConfigItem[];
}
