import { Mistake } from '../../script/mistake.ts';
import { type Disk, realDisk } from '../../session/disk.ts';
import { ExecutorFailure } from '../run/executor.ts';
import type { Finished } from '../sweep.ts';
import type { Header } from './header.ts';
import { difference } from './header-difference.ts';
import { addOnce, failureOf, readFolder } from './sweep-folder.ts';

/** Folders of one sweep, joined. */
export interface Joined {
  /** Of the whole: no share. */
  readonly header: Header;
  /** Shares that are there, ascending; null: the sweep was not shared out. */
  readonly shares: readonly number[] | null;
  readonly of: number;
  /** By `taskKey`, each point once. */
  readonly finished: ReadonlyMap<string, Finished>;
  /** Sentences for the one who asked. */
  readonly notices: readonly string[];
}

/** A Mistake: they don't belong together, or are none; an ExecutorFailure: damaged, or can't be read. */
export function joinFolders(
  paths: readonly string[],
  disk: Disk = realDisk,
): Joined | Mistake | ExecutorFailure {
  const joined = new Joining(disk);
  for (const path of paths) {
    const refusal = joined.add(path);
    if (refusal !== null) return refusal;
  }
  return joined.whole();
}

class Joining {
  readonly #disk: Disk;
  #first: { readonly path: string; readonly header: Header } | null = null;
  readonly #shares = new Set<number>();
  readonly #finished = new Map<string, Finished>();
  readonly #notices: string[] = [];

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  add(path: string): Mistake | ExecutorFailure | null {
    const contents = contentsOf(path, this.#disk);
    if (contents === null) return new Mistake(`--merge ${path}: there is no sweep in it`, 0);
    if (contents instanceof ExecutorFailure) return contents;
    const { header, finished, notice } = contents;
    this.#first ??= { path, header };
    const differs = difference(this.#first.header, header);
    if (differs !== null) {
      const { what, first, second } = differs;
      return new Mistake(
        `these don't belong together: ${what} is ${first} in ${this.#first.path} and ${second} in ${path}`,
        0,
      );
    }
    if (header.share !== null) this.#shares.add(header.share.index);
    if (notice !== null) this.#notices.push(notice);
    for (const each of finished.values()) {
      const clash = addOnce(this.#finished, each);
      if (clash !== null) return new ExecutorFailure(`${path}: ${clash}`);
    }
    return null;
  }

  whole(): Joined | Mistake {
    if (this.#first === null) return new Mistake('--merge: name the folders of the shares', 0);
    const { header } = this.#first;
    return {
      header: { ...header, share: null },
      shares: header.share === null ? null : [...this.#shares].sort((a, b) => a - b),
      of: header.share?.of ?? 1,
      finished: this.#finished,
      notices: this.#notices,
    };
  }
}

function contentsOf(path: string, disk: Disk): ReturnType<typeof readFolder> {
  try {
    return readFolder(path, disk);
  } catch (error) {
    return failureOf(path, error);
  }
}
