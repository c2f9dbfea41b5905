import { clsx } from "clsx";
import type { ImageView } from "#lib/shared/model/types.ts";

/** `ghcr.io/acme/api:2.8.1`: the name quiet, the tag in ink. Below 1280 px the registry is left out. */
export function ImageName({ image, className }: { image: ImageView; className?: string }) {
  const slash = image.name.indexOf("/");
  const host =
    slash > 0 && /[.:]|^localhost$/.test(image.name.slice(0, slash)) ? image.name.slice(0, slash + 1) : "";
  const version = image.tag ?? (image.digest === null ? "" : image.digest.slice(0, 19));
  const whole = `${image.name}${image.tag === null ? "" : `:${image.tag}`}${image.digest === null ? "" : `@${image.digest}`}`;
  return (
    <span data-slot="image-name" title={whole} className={clsx("mono flex min-w-0 text-ink-2", className)}>
      {host !== "" && <span className="min-w-0 shrink-[1000] truncate max-xl:hidden">{host}</span>}
      <span className="truncate">{image.name.slice(host.length)}</span>
      {version !== "" && (
        <span className="shrink-0 font-medium text-ink">
          {image.tag === null ? "@" : ":"}
          {version.length > 24 ? `${version.slice(0, 23)}…` : version}
        </span>
      )}
    </span>
  );
}
