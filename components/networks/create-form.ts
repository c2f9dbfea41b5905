import "#lib/shared/i18n/pages/networks.ts";
import { type Phrase, phrase } from "#lib/shared/i18n/phrase.ts";
import { type Driver, driverFacts } from "#lib/shared/networks/drivers.ts";
import { planProblems } from "#lib/shared/networks/plan.ts";
import type { NetworkCreate } from "#lib/shared/networks/schemas.ts";
import { readPairs } from "#lib/shared/read-pairs.ts";

/** The form of a new network as it is typed. What the driver does not know stays in it and is not sent. */
export interface NetworkForm {
  readonly name: string;
  readonly driver: Driver;
  readonly node: string;
  readonly subnet: string;
  readonly gateway: string;
  readonly range: string;
  readonly subnet6: string;
  readonly gateway6: string;
  readonly parent: string;
  /** Empty: the engine's choice. */
  readonly mode: string;
  readonly mtu: string;
  readonly attachable: boolean;
  readonly internal: boolean;
  readonly encrypted: boolean;
  readonly ipv6: boolean;
  /** One per line: name=value. */
  readonly options: string;
  readonly labels: string;
}

export const emptyForm: Omit<NetworkForm, "driver" | "node"> = {
  name: "",
  subnet: "",
  gateway: "",
  range: "",
  subnet6: "",
  gateway6: "",
  parent: "",
  mode: "",
  mtu: "",
  attachable: false,
  internal: false,
  encrypted: false,
  ipv6: false,
  options: "",
  labels: "",
};

export type FormErrors = Partial<Record<keyof NetworkForm, Phrase>>;

export interface ReadForm {
  /** What is sent; null while something is wrong. */
  readonly body: NetworkCreate | null;
  readonly errors: FormErrors;
  /** What would be sent, for looking at its subnets while the rest is not filled in. */
  readonly draft: NetworkCreate;
}

/** The request that a form stands for, and what is wrong with which field. */
export function readForm(form: NetworkForm): ReadForm {
  const errors: Partial<Record<keyof NetworkForm, Phrase>> = {};
  const { isSwarm, fields } = driverFacts[form.driver];
  const has = (field: (typeof fields)[number]) => fields.includes(field);
  const text = (name: keyof NetworkForm) => String(form[name]).trim();
  const subnets = subnetsOf(form, errors);
  const options = pairsOf(form.options, "options", errors);
  const labels = pairsOf(form.labels, "labels", errors);
  if (has("mtu") && text("mtu") !== "" && !/^\d{1,6}$/.test(text("mtu"))) {
    errors.mtu = phrase("networks.create.badNumber");
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/.test(text("name")))
    errors.name = phrase("networks.create.badName");
  const draft: NetworkCreate = {
    name: text("name"),
    driver: form.driver,
    ...(!isSwarm && text("node") !== "" && { node: text("node") }),
    ...(subnets.length > 0 && { subnets: subnets.map(({ body }) => body) }),
    ...(has("attachable") && { attachable: form.attachable }),
    ...(has("encrypted") && { encrypted: form.encrypted }),
    internal: form.internal,
    ipv6: form.ipv6,
    ...(has("parent") && text("parent") !== "" && { parent: text("parent") }),
    ...(has("mode") && form.mode !== "" && { mode: form.mode as NonNullable<NetworkCreate["mode"]> }),
    ...(has("mtu") && text("mtu") !== "" && !errors.mtu && { mtu: Number(text("mtu")) }),
    ...(Object.keys(options).length > 0 && { options }),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
  for (const problem of planProblems(draft)) {
    const name = fieldOf(problem.field, subnets);
    errors[name] ??= problem.phrase;
  }
  return { body: Object.keys(errors).length === 0 ? draft : null, errors, draft };
}

interface FormSubnet {
  readonly body: NonNullable<NetworkCreate["subnets"]>[number];
  readonly fields: Readonly<Record<"subnet" | "gateway" | "range", keyof NetworkForm>>;
}

function subnetsOf(
  form: NetworkForm,
  errors: FormErrors & Record<string, Phrase | undefined>,
): readonly FormSubnet[] {
  const [subnet, gateway, range] = [form.subnet.trim(), form.gateway.trim(), form.range.trim()];
  const [subnet6, gateway6] = [form.subnet6.trim(), form.gateway6.trim()];
  const found: FormSubnet[] = [];
  if (subnet === "") {
    if (gateway !== "") errors.gateway = phrase("networks.create.gatewayAlone");
    if (range !== "") errors.range = phrase("networks.create.rangeAlone");
  } else {
    found.push({
      body: { subnet, ...(gateway !== "" && { gateway }), ...(range !== "" && { range }) },
      fields: { subnet: "subnet", gateway: "gateway", range: "range" },
    });
  }
  if (!form.ipv6) return found;
  if (subnet6 === "" && gateway6 !== "") errors.gateway6 = phrase("networks.create.gatewayAlone");
  if (subnet6 !== "") {
    found.push({
      body: { subnet: subnet6, ...(gateway6 !== "" && { gateway: gateway6 }) },
      fields: { subnet: "subnet6", gateway: "gateway6", range: "subnet6" },
    });
  }
  return found;
}

/** The field of the form that a path of the body came from. */
function fieldOf(path: string, subnets: readonly FormSubnet[]): keyof NetworkForm {
  const match = /^subnets\.(\d+)\.(subnet|gateway|range)$/.exec(path);
  if (!match) return path as keyof NetworkForm;
  const fields = subnets[Number(match[1])]?.fields;
  return fields?.[match[2] as "subnet" | "gateway" | "range"] ?? "subnet";
}

/** `name=value` per line. */
function pairsOf(
  text: string,
  field: "options" | "labels",
  errors: FormErrors & Record<string, Phrase | undefined>,
): Readonly<Record<string, string>> {
  const { pairs, bad } = readPairs(text);
  if (bad !== null) errors[field] ??= phrase("networks.create.notOne", { line: bad });
  return pairs;
}
