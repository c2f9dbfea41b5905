import { CapacityBar } from "#components/ui/capacity-bar.tsx";
import { TaskMark } from "#components/ui/mark.tsx";
import { t } from "#lib/shared/i18n/translate.ts";

const shown = [
  "running",
  "starting",
  "pending",
  "stopping",
  "complete",
  "failed",
  "unhealthy",
  "unknown",
] as const;

/** What the marks mean. */
export function MapKey() {
  return (
    <ul
      aria-label={t("map.key.title")}
      className="grid shrink-0 grid-cols-2 gap-x-2.5 gap-y-[5px] border-t border-line px-3.5 pt-2.5 pb-3.5 text-11 text-ink-2"
    >
      {shown.map((state) => (
        <li key={state} className="flex items-center gap-[7px]">
          <TaskMark state={state} hue={10} />
          {t(`map.key.${state}`)}
        </li>
      ))}
      <li className="col-span-2 mt-[3px] flex items-center gap-[7px]">
        <CapacityBar label="" aria-hidden="true" used={0.4} reserved={0.66} className="w-[58px]" />
        {t("map.key.bar")}
      </li>
    </ul>
  );
}
