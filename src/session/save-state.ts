import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { FORMAT, type SavedMachine } from '../machine/save.ts';
import { realDisk } from './disk.ts';
import { VERSION } from './version.ts';

/**
 * A save state: one line of JSON, then the machine as v8.serialize writes it. Its
 * name tells up to which byte of the journal it goes.
 */
export interface SaveState {
  /** The journal that it belongs to, as journalId has it; null: nobody knows. */
  readonly journal: string | null;
  /** Bytes of the journal that are in it, and their checksum. */
  readonly position: number;
  readonly checksum: number;
  /** Commands among them. */
  readonly commands: number;
  /** Traces that tasks are reading. */
  readonly traces: readonly OpenTrace[];
  readonly machine: SavedMachine;
}

export interface OpenTrace {
  readonly task: string;
  readonly sha256: string;
  readonly path: string;
  readonly format: string | null;
}

/** `memcg`, `format`, `position`, `length` and `crc32` are there in all formats. */
interface Header extends Omit<SaveState, 'machine'> {
  readonly memcg: 'state';
  /** The machine's. */
  readonly format: number;
  /** Who wrote it. */
  readonly version?: string;
  readonly length: number;
  readonly crc32: number;
  /** Of all of the header before it, as JSON; early ones have none. */
  readonly header?: number;
}

/** A sound save state that only another memcg can read. */
export class OtherFormat {
  /** As in SaveState. */
  readonly position: number;
  /** Virtual time, ns; null: it is not known. */
  readonly time: number | null;
  readonly #header: Header;

  constructor(header: Header, body: Buffer) {
    this.#header = header;
    this.position = header.position;
    this.time = timeIn(deserialize(body));
  }

  toString(): string {
    const { format, version } = this.#header;
    const by = version === undefined ? '' : ` of memcg ${version}`;
    return `a save state${by} in format ${format}, where memcg ${VERSION} has format ${FORMAT}`;
  }
}

/** So many are kept. */
const KEPT = 3;
const NAME = /^state-(\d{16})$/;

export const stateName = (position: number): string => `state-${String(position).padStart(16, '0')}`;

export function encodeState({ machine, ...rest }: SaveState): Buffer[] {
  const body = serialize(machine);
  const header = {
    memcg: 'state',
    format: machine.format,
    version: VERSION,
    ...rest,
    length: body.length,
    crc32: crc32(body),
  } satisfies Header;
  const json = JSON.stringify({ ...header, header: crc32(JSON.stringify(header)) });
  return [Buffer.from(`${json}\n`), body];
}

/** null: it is damaged, or no save state. */
export function decodeState(bytes: Buffer): SaveState | OtherFormat | null {
  const end = bytes.indexOf(10);
  try {
    const { header: sum, ...header } = JSON.parse(bytes.toString('utf8', 0, Math.max(end, 0))) as Header;
    if (sum !== undefined && crc32(JSON.stringify(header)) !== sum) return null;
    const body = bytes.subarray(end + 1);
    if (header.memcg !== 'state' || body.length !== header.length || crc32(body) !== header.crc32)
      return null;
    if (header.format !== FORMAT) return new OtherFormat(header, body);
    const { journal, position, checksum, commands, traces } = header;
    return { journal, position, checksum, commands, traces, machine: deserialize(body) as SavedMachine };
  } catch {
    return null;
  }
}

/** Where all formats up to now have it. */
function timeIn(machine: unknown): number | null {
  const time = (machine as { state?: { mm?: { sched?: { now?: unknown } } } } | null)?.state?.mm?.sched?.now;
  return typeof time === 'number' ? Math.ceil(time) : null;
}

/** Names of save states, the newest first. */
export function stateNames(folder: string, disk = realDisk): string[] {
  return disk
    .entries(folder)
    .filter((entry) => entry.isFile() && NAME.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .reverse();
}

export const readState = (path: string, disk = realDisk): ReturnType<typeof decodeState> =>
  decodeState(disk.read(path) ?? Buffer.alloc(0));

/** The newest stay, KEPT of them at most and no more than `most` bytes together; one always does. */
export function pruneStates(folder: string, most: number, disk = realDisk): void {
  let together = 0;
  for (const [i, name] of stateNames(folder, disk).entries()) {
    const path = join(folder, name);
    together += disk.size(path) ?? 0;
    if (i >= KEPT || (i > 0 && together > most)) disk.remove(path);
  }
  for (const { name } of disk.entries(folder)) if (name.endsWith('.new')) disk.remove(join(folder, name));
}
