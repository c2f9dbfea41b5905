import type { ListAnswer } from "#lib/shared/api/types.ts";
import type { VolumeFiles } from "#lib/shared/volumes/files.ts";
import type { VolumeCreate } from "#lib/shared/volumes/schemas.ts";
import type { RemovedVolume, VolumeDetail, VolumeItem, VolumeRef } from "#lib/shared/volumes/types.ts";

/** The bytes of a file as they come; `return` ends it early. One that breaks off throws. */
export type VolumeDownload = AsyncIterator<Uint8Array>;

/** A file as it goes to its volume. */
export interface VolumeUpload {
  readonly body: ReadableStream<Uint8Array> | null;
  readonly size: number;
  readonly replace: boolean;
  readonly signal: AbortSignal;
}

/** The volumes of all nodes of a cluster. Methods may throw AppError; writes are never repeated. */
export interface ClusterVolumes {
  list(options: {
    readonly node?: string | undefined;
    readonly sizes?: boolean;
  }): Promise<ListAnswer<VolumeItem>>;
  unused(): Promise<ListAnswer<VolumeItem>>;
  detail(ref: VolumeRef): Promise<VolumeDetail>;
  create(input: VolumeCreate): Promise<VolumeItem | null>;
  remove(ref: VolumeRef): Promise<void>;
  removeUnused(refs: readonly VolumeRef[]): Promise<readonly RemovedVolume[]>;

  files(ref: VolumeRef, path: string, from: number): Promise<VolumeFiles>;
  download(ref: VolumeRef, path: string, signal: AbortSignal): Promise<VolumeDownload>;
  upload(ref: VolumeRef, path: string, upload: VolumeUpload): Promise<void>;
  makeFolder(ref: VolumeRef, path: string): Promise<void>;
  rename(ref: VolumeRef, path: string, to: string): Promise<void>;
  removeFile(ref: VolumeRef, path: string, all: boolean): Promise<void>;
}
