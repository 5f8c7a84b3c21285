import { crc32 } from 'node:zlib';
import { type Disk, type DiskFile, realDisk, writeNow } from './disk.ts';
import { damageIn, encodeRecord } from './journal-line.ts';
import { SessionError } from './session-error.ts';
import { realWall, type Wall } from './wall.ts';

/** See SaveState. */
export interface JournalPlace {
  readonly journal: string | null;
  readonly position: number;
  readonly checksum: number;
}

/** Where a journal begins. */
export const NOTHING: JournalPlace = { journal: null, position: 0, checksum: 0 };

/** How long what nobody waits for may be in the system's memory alone, ms. */
const SOON = 100;

/**
 * The journal, for writing: what is appended within one turn of the event loop is
 * written by one call, and all who wait for the disk meanwhile wait for one fdatasync.
 * What nobody waits for is on the disk a little later.
 */
export class Journal {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #wall: Wall;
  readonly #file: DiskFile;
  readonly #sync: boolean;
  readonly #failed: (error: Error) => void;
  #pending = '';
  #scheduled = false;
  #syncing = false;
  #syncTimer: (() => void) | null = null;
  /** Bytes written, and of these on the disk. */
  #written: number;
  #synced: number;
  #appended: number;
  #checksum: number;
  #id: string | null;
  #waiting: {
    readonly upTo: number;
    readonly resolve: () => void;
    readonly reject: (error: Error) => void;
  }[] = [];
  #error: Error | null = null;

  /**
   * `failed` is told once when nothing can be kept any more. `kept`: of what should be in the file already.
   * Throws what the file system throws.
   */
  constructor(
    path: string,
    sync: boolean,
    failed: (error: Error) => void,
    kept = NOTHING,
    disk = realDisk,
    wall = realWall,
  ) {
    this.#disk = disk;
    this.#wall = wall;
    this.#checksum = kept.checksum;
    this.#id = kept.journal;
    this.#path = path;
    this.#file = disk.open(path, 'append');
    this.#sync = sync;
    this.#failed = failed;
    this.#written = this.#file.size;
    this.#synced = this.#written;
    this.#appended = this.#written;
  }

  /** Bytes with all that was appended. */
  get position(): number {
    return this.#appended;
  }

  /** What a save state that is made now belongs to. */
  get place(): JournalPlace {
    return { journal: this.#id, position: this.#appended, checksum: this.#checksum };
  }

  /** All of it, as the file has it. Throws a SessionError when that is not what was written. */
  read(): Buffer {
    this.flush();
    const bytes = this.#disk.read(this.#path) ?? Buffer.alloc(0);
    if (bytes.length === this.#appended && crc32(bytes) === this.#checksum) return bytes;
    throw new SessionError('world', this.#damageIn(bytes));
  }

  /** What is wrong with the file, in words; null: nothing. A bit may have flipped anywhere: all of it is read. */
  get damage(): string | null {
    this.flush();
    const isSound =
      this.#disk.size(this.#path) === this.#appended && this.#disk.sum(this.#path) === this.#checksum;
    return isSound ? null : this.#damageIn(this.#disk.read(this.#path) ?? Buffer.alloc(0));
  }

  #damageIn(bytes: Buffer): string {
    const other = `${this.#path} is not what was written to it: the session goes on, but can't be saved or exported`;
    return damageIn(bytes, this.#path) ?? other;
  }

  append(time: number, text: string): void {
    if (this.#error !== null) return;
    const line = encodeRecord(time, text);
    this.#pending += line;
    if (this.#appended === 0) this.#id = line.slice(0, 8);
    this.#appended += Buffer.byteLength(line);
    this.#checksum = crc32(line, this.#checksum);
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#wall.soon(() => this.flush());
  }

  /** Resolves when all that was appended up to now is kept; rejects when it can't be. */
  kept(): Promise<void> {
    if (this.#error !== null) return Promise.reject(this.#error);
    const upTo = this.#appended;
    if (this.#isKept(upTo)) return Promise.resolve();
    const kept = new Promise<void>((resolve, reject) => this.#waiting.push({ upTo, resolve, reject }));
    if (this.#sync && this.#written >= upTo) this.#toDisk();
    return kept;
  }

  /** Hands over to the operating system what is pending. */
  flush(): void {
    this.#scheduled = false;
    if (this.#pending === '' || this.#error !== null) return;
    const bytes = Buffer.from(this.#pending);
    this.#pending = '';
    try {
      writeNow(this.#file, bytes);
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    this.#written += bytes.length;
    if (this.#sync) this.#syncInTime();
    else this.#tell();
  }

  close(): void {
    this.flush();
    this.#syncTimer?.();
    this.#error ??= new Error('the session has ended');
    this.#file.close();
  }

  #isKept(upTo: number): boolean {
    return upTo <= (this.#sync ? this.#synced : this.#written);
  }

  #syncInTime(): void {
    if (this.#waiting.length > 0) this.#toDisk();
    else this.#syncTimer ??= this.#wall.after(SOON, () => this.#toDisk());
  }

  #toDisk(): void {
    this.#syncTimer?.();
    this.#syncTimer = null;
    if (this.#syncing || this.#error !== null) return;
    this.#syncing = true;
    const written = this.#written;
    this.#file.sync((error) => {
      this.#syncing = false;
      if (this.#error !== null) return;
      if (error !== null) {
        this.#fail(error);
        return;
      }
      this.#synced = written;
      this.#tell();
      if (this.#written > written) this.#syncInTime();
    });
  }

  #tell(): void {
    while (this.#waiting.length > 0 && this.#isKept(this.#waiting[0].upTo)) this.#waiting.shift()?.resolve();
  }

  #fail(error: Error): void {
    if (this.#error !== null) return;
    this.#error = error;
    try {
      // Half a line may have been written.
      this.#file.cut(this.#written);
    } catch {
      // It is found when the session is restored.
    }
    for (const { reject } of this.#waiting) reject(error);
    this.#waiting = [];
    this.#failed(error);
  }
}
