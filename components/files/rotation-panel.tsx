import "#lib/shared/i18n/pages/files.ts";
import "#lib/shared/i18n/pages/history.ts";
import Link from "next/link";
import { useCluster } from "#components/cluster/cluster-provider.tsx";
import { useSend } from "#components/cluster/use-send.ts";
import { healthMark } from "#components/services/health-line.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { HealthMark } from "#components/ui/mark.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { say } from "#lib/shared/i18n/phrase.ts";
import { t } from "#lib/shared/i18n/translate.ts";
import { stateLook } from "#lib/shared/rollout/operation-words.ts";
import type {
  FileDetail,
  RotationService,
  RotationState,
  RotationView,
} from "#lib/shared/swarm-files/types.ts";
import { fileHref } from "./file-href.ts";

const looks: Readonly<Record<RotationState, keyof typeof healthMark>> = {
  running: "updating",
  done: "healthy",
  failed: "failing",
  interrupted: "update_paused",
};

interface RotationPanelProps {
  detail: FileDetail;
  isGone: boolean;
  onDone: () => void;
}

/** The newest rotation of a secret or config, service by service. */
export function RotationPanel({ detail, isGone, onDone }: RotationPanelProps) {
  const { href } = useCluster();
  const [rotation] = detail.rotations;
  if (rotation === undefined) return null;
  const { kind, from, to } = rotation;
  const link = ({ id, name }: RotationView["from"]) =>
    id === detail.item.id ? (
      <b className="font-semibold">{name}</b>
    ) : (
      <Link href={fileHref(href, kind, id)} className="link">
        {name}
      </Link>
    );
  return (
    <Panel bare data-rotation={rotation.state}>
      <div className="grid gap-1.5 px-3.5 py-3">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <HealthMark health={healthMark[looks[rotation.state]]} size={12} />
          <h2 className="text-15 font-semibold tracking-title">{t("files.rotation.title")}</h2>
          <span className="min-w-0 break-all">
            {link(from)} → {link(to)}
          </span>
          <span className="text-12 text-ink-3">
            {rotation.userName}, <RelativeTime at={rotation.startedAt} ago />
          </span>
          <span className="flex-1" />
          <Continue rotation={rotation} isGone={isGone} onDone={onDone} />
        </div>
        <p aria-live="polite" data-slot="rotation-words" className="break-words">
          {say(t, rotation.words)}
        </p>
      </div>
      {rotation.services.length > 0 && (
        <ul aria-label={t("files.rotation.services")} className="border-t border-line">
          {rotation.services.map((service) => (
            <Service key={service.id} service={service} rotation={rotation} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Service({ service, rotation }: { service: RotationService; rotation: RotationView }) {
  const { href } = useCluster();
  const { state, has, operation } = service;
  const look = state === "waiting" ? null : stateLook[state];
  const which = { old: rotation.from.name, new: rotation.to.name, gone: t("files.rotation.gone") }[has];
  return (
    <li className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3.5 py-2 last:border-b-0">
      {look ? <HealthMark health={healthMark[look.mark]} size={12} /> : <span className="w-3" />}
      <Link href={href(`/services/${encodeURIComponent(service.id)}`)} className="link min-w-0 truncate">
        {service.name}
      </Link>
      <span className="text-ink-2">{look ? say(t, look.word) : t("files.rotation.waiting")}</span>
      <Tag tone={has === "new" ? "accent" : "quiet"}>{which}</Tag>
      {operation !== null && (
        <Link href={href(`/operations/${operation}`)} className="link ml-auto text-12">
          {t("files.rotation.operation")}
        </Link>
      )}
    </li>
  );
}

/** What failed or was interrupted goes on where it was. */
function Continue({
  rotation,
  isGone,
  onDone,
}: { rotation: RotationView } & Omit<RotationPanelProps, "detail">) {
  const { may, blocked } = useCluster();
  const send = useSend();
  const isOpen = rotation.state === "failed" || rotation.state === "interrupted";
  if (!isOpen || isGone || !may("secret.write")) return null;
  const verb = t("files.rotation.continue");
  const go = async () => {
    const path = `/rotations/${rotation.id}/continue`;
    await send({ method: "POST", path, body: {}, object: rotation.to.name, title: verb, verb });
    onDone();
  };
  return (
    <Button reason={blocked ?? undefined} onClick={() => void go()}>
      <Icon name="play" size={14} />
      {verb}
    </Button>
  );
}
