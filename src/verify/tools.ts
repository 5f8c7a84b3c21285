import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, renameSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { size } from '../kernel/numbers.ts';
import { type Pages, pages } from '../kernel/units.ts';
import { Mistake } from '../script/mistake.ts';
import { helperFolder } from '../script/package-files.ts';

/** The programs of this machine that a real kernel takes, and what they are made of here. */

export interface Tools {
  readonly uml: string;
  readonly mke2fs: string;
  readonly debugfs: string;
}

/** What a program is installed with. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux.uml': 'user-mode-linux',
  cc: 'gcc libc6-dev',
  mke2fs: 'e2fsprogs',
  debugfs: 'e2fsprogs',
};

/** Throws a Mistake that says what is missing and how to get it. */
export function findTools(): Tools {
  if (process.platform !== 'linux')
    throw new Mistake('a real Linux runs as a process of Linux alone: verify needs a Linux machine', 0);
  return { uml: found('linux.uml'), mke2fs: found('mke2fs'), debugfs: found('debugfs') };
}

const PLACES = ['/usr/sbin', '/sbin'];

function found(program: string): string {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...PLACES];
  const paths = folders.filter((folder) => folder !== '').map((folder) => join(folder, program));
  const path = paths.find(runs);
  if (path !== undefined) return path;
  throw new Mistake(
    `there is no ${program} here: on Debian, \`apt-get install ${PACKAGES[program]}\` gets it`,
    0,
  );
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Helper {
  readonly program: string;
  /** Loaded before linux.uml. */
  readonly preload: string;
}

/** Compiles the helper, unless this source of it was compiled before. `folder`: where, if no cache can be kept. */
export function builtHelper(folder: string): Helper {
  const source = helperFolder();
  const names = readdirSync(source)
    .filter((name) => /\.[ch]$/.test(name))
    .sort();
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(source, name)));
  const key = hash.digest('hex').slice(0, 16);
  const cache = cacheFolder() ?? folder;
  const program = join(cache, `helper-${key}`);
  const preload = join(cache, `preload-${key}.so`);
  const own = names
    .filter((name) => name.endsWith('.c') && name !== 'preload.c')
    .map((name) => join(source, name));
  if (!runs(program)) compile(['-static', ...own, '-lm'], program);
  if (!runs(preload)) compile(['-shared', '-fPIC', join(source, 'preload.c')], preload);
  return { program, preload };
}

/** null: nothing can be kept. */
function cacheFolder(): string | null {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'memcg');
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return null;
  }
}

/** Under another name first: two may do the same at once. */
function compile(words: readonly string[], to: string): void {
  const made = `${to}.${process.pid}`;
  const { status, stderr } = spawnSync(found('cc'), ['-O2', '-o', made, ...words], { encoding: 'utf8' });
  if (status !== 0) {
    const why = (stderr ?? '').split('\n').find((line) => line.includes('error')) ?? `status ${status}`;
    throw new Mistake(
      `the helper can't be compiled (${why.trim()}): on Debian, \`apt-get install ${PACKAGES['cc']}\` gets all that it takes`,
      0,
    );
  }
  renameSync(made, to);
}

const SHM = '/dev/shm';
/** statfs(2): TMPFS_MAGIC */
const TMPFS = 0x01021994;
/** What a guest needs to boot and do anything at all. */
const LEAST = 256 << 20;

/** So much memory can be given to a guest, of the `wanted`. Throws a Mistake if that is too little. */
export function guestMemory(wanted: Pages): Pages {
  let room: number;
  try {
    const { type, bavail, bsize } = statfsSync(SHM);
    if (type !== TMPFS)
      throw new Mistake(`${SHM} is no tmpfs, which a guest's memory is kept in: mount one there`, 0);
    room = bavail * bsize;
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake(`there is no ${SHM}, which a guest's memory is kept in: mount a tmpfs there`, 0);
  }
  const available = /MemAvailable: +(\d+) kB/.exec(readFileSync('/proc/meminfo', 'utf8'));
  const free = Math.min(room, Number(available?.[1] ?? 0) * 1024);
  if (free < LEAST)
    throw new Mistake(
      `a guest takes ${size(LEAST)} of memory at least, and ${size(free)} is free in ${SHM} and of the machine`,
      0,
    );
  return pages(Math.min(wanted, Math.floor(free / 4096)));
}
