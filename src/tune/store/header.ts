import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Disk, realDisk, syncFolderNow, writeNow } from '../../session/disk.ts';
import type { Job } from '../job.ts';
import type { Share } from '../run/share.ts';
import {
  type Check,
  checked,
  job,
  line,
  Malformed,
  mapOf,
  objectOf,
  only,
  orNull,
  share,
  text,
} from '../schema.ts';

/** What a folder's points are points of. Points are only joined when all of it is equal. */
export interface Header {
  readonly memcg: 'sweep';
  readonly format: 1;
  /** Of the memcg that ran them. */
  readonly version: string;
  /** Options that decide which points are run, by their long names, as text. */
  readonly settings: Readonly<Record<string, string>>;
  /** null: not shared out. */
  readonly share: Share | null;
  /** What decides what they come to. */
  readonly job: Job;
}

const FORMAT = 1;

const sound: Check<Header> = objectOf<Header>({
  memcg: only('sweep'),
  format: only(FORMAT),
  version: line,
  settings: mapOf(text(1 << 16)),
  share: orNull(share),
  job,
});

/** null: there is none; a text: why it can't be used, as the end of a sentence. Throws what the file system throws. */
export function readHeader(path: string, disk: Disk = realDisk): Header | string | null {
  const json = disk.read(path)?.toString();
  if (json === undefined) return null;
  let written: (Partial<Header> & { readonly crc32?: number }) | null;
  try {
    written = JSON.parse(json);
  } catch {
    return 'is damaged';
  }
  const { crc32: sum, ...header } = written ?? {};
  if (header.memcg !== 'sweep') return 'is of no sweep';
  if (header.format !== FORMAT) return `has format ${header.format}, this memcg knows ${FORMAT}`;
  // Early ones have none.
  if (sum !== undefined && crc32(JSON.stringify(header)) !== sum) return 'is damaged';
  const read = checked(sound, header, 'sweep');
  return read instanceof Malformed ? `is damaged: ${read.message}` : read;
}

/** There whole, or not at all, and before any point. Throws what the file system throws. */
export function writeHeader(path: string, header: Header, disk: Disk): void {
  const fresh = `${path}.new`;
  try {
    const file = disk.open(fresh, 'anew', 0o666);
    try {
      writeNow(file, Buffer.from(`${JSON.stringify({ ...header, crc32: crc32(JSON.stringify(header)) })}\n`));
      file.syncNow();
    } finally {
      file.close();
    }
    disk.rename(fresh, path);
    syncFolderNow(disk, dirname(path));
  } catch (error) {
    disk.remove(fresh);
    throw error;
  }
}
