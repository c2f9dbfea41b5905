import "#lib/shared/i18n/pages/people.ts";
import { useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { Access, ClusterRoles } from "#lib/shared/access.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { type AccessRole, accessRoles, roles } from "#lib/shared/roles.ts";
import { RoleChoice } from "./role-choice.tsx";
import { type ClusterName, clusterName, roleWord, sortedRoles } from "./role-word.ts";

export interface AccessChoiceProps {
  value: Access;
  onChange: (access: Access) => void;
  /** All clusters of the server. */
  clusters: readonly ClusterName[];
}

/** The role everywhere, and where there is more than one cluster the roles in single ones. */
export function AccessChoice({ value, onChange, clusters }: AccessChoiceProps) {
  const hasExceptions = Object.keys(value.clusters).length > 0;
  const isSplit = clusters.length > 1 || hasExceptions || value.role === "none";
  return (
    <>
      <RoleChoice
        label={isSplit ? t("people.roleEverywhere") : t("people.role")}
        value={value.role}
        options={isSplit ? accessRoles : roles}
        onChange={(role) => onChange({ role, clusters: role === "admin" ? {} : value.clusters })}
      />
      {isSplit && value.role !== "admin" && (
        <Exceptions
          role={value.role}
          value={value.clusters}
          names={clusters}
          onChange={(next) => onChange({ role: value.role, clusters: next })}
        />
      )}
    </>
  );
}

interface ExceptionsProps {
  role: AccessRole;
  value: ClusterRoles;
  names: readonly ClusterName[];
  onChange: (clusters: ClusterRoles) => void;
}

const selectClass =
  "h-[30px] min-w-0 rounded-2 border border-control bg-surface px-[9px] text-13 text-ink outline-none focus:border-focus touch:h-10 touch:text-[16px]";

/** "In cluster X: role", one line each. */
function Exceptions({ role, value, names, onChange }: ExceptionsProps) {
  const id = useId();
  const lines = sortedRoles(value, names);
  const free = names.filter((each) => !Object.hasOwn(value, each.id));
  const without = (cluster: string) => Object.fromEntries(lines.filter(([each]) => each !== cluster));
  const add = () => {
    const [first] = free;
    if (first) onChange({ ...value, [first.id]: role === "none" ? "viewer" : "none" });
  };
  return (
    <fieldset data-slot="cluster-roles" aria-labelledby={id} className="min-w-0">
      <p id={id} className="font-medium">
        {t("people.inClusters")}
      </p>
      <p className="mt-0.5 text-12 text-ink-3">{t("people.inClustersHint")}</p>
      {lines.length > 0 && (
        <ul className="mt-2 grid gap-2">
          {lines.map(([cluster, other]) => (
            <li key={cluster} className="flex items-center gap-2">
              <select
                aria-label={t("people.exceptionCluster")}
                value={cluster}
                onChange={({ target }) => onChange({ ...without(cluster), [target.value]: other })}
                className={`${selectClass} flex-1`}
              >
                {[{ id: cluster, name: clusterName(cluster, names) }, ...free].map((each) => (
                  <option key={each.id} value={each.id}>
                    {each.name}
                  </option>
                ))}
              </select>
              <select
                aria-label={t("people.exceptionRole", { cluster: clusterName(cluster, names) })}
                value={other}
                onChange={({ target }) => onChange({ ...value, [cluster]: target.value as AccessRole })}
                className={`${selectClass} w-32`}
              >
                {accessRoles.map((each) => (
                  <option key={each} value={each}>
                    {roleWord(each)}
                  </option>
                ))}
              </select>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={t("people.exceptionRemove", { cluster: clusterName(cluster, names) })}
                onClick={() => onChange(without(cluster))}
              >
                <Icon name="x" size={14} />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {free.length > 0 && (
        <Button size="sm" className="mt-2" onClick={add}>
          <Icon name="plus" size={14} />
          {t("people.exceptionAdd")}
        </Button>
      )}
    </fieldset>
  );
}
