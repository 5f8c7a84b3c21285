import { spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { PAGE_SIZE, type Pages } from '../kernel/units.ts';
import type { Failure } from '../script/world.ts';
import { DiskFailure, type Guarded, type GuardOptions, guarded, writePlan } from './guard.ts';
import type { Plan } from './plan.ts';
import type { Results } from './results.ts';
import type { Helper, Tools } from './tools.ts';

/** A real Linux 6.1 as a process (user-mode-linux): boots, carries out a plan, and is gone. */

export interface GuestOptions extends GuardOptions {
  readonly memory: Pages;
  readonly swap: Pages;
  /** A folder that is copied to the guest's disk, and stands there where it stands here. */
  readonly copied: string | null;
}

const EXT4 = ['-q', '-F', '-t', 'ext4', '-b', '4096', '-E', 'lazy_itable_init=1,lazy_journal_init=1'];
/** Beside what files take, the disk's own. */
const SPARE = 2 ** 31;

export const runInGuest = (plan: Plan, tools: Tools, options: GuestOptions): Promise<Results | Failure> =>
  guarded(options, (folder, helper) => {
    makeFolder(folder, plan, tools, options);
    return bootWords(folder, helper, tools, options);
  });

function makeFolder(folder: string, plan: Plan, tools: Tools, { swap, copied }: GuestOptions): void {
  writePlan(folder, plan);
  makeDisk(folder, plan, tools);
  if (copied !== null) makeCopy(join(folder, 'copy.img'), copied, tools);
  if (swap > 0) makeSwap(join(folder, 'swap.img'), swap);
}

/** Files that are read first have blocks from the start, so that the disk is asked for them; nothing is written for that. */
function makeDisk(folder: string, { files }: Plan, { mke2fs, debugfs }: Tools): void {
  const image = join(folder, 'disk.img');
  sparse(image, SPARE + 2 * files.reduce((sum, file) => sum + file.pages * PAGE_SIZE, 0));
  command(mke2fs, [...EXT4, image]);
  const lines = files.flatMap(({ pages, isRead }, id) =>
    isRead && pages > 0 ? [`write /dev/null f${id}`, `fallocate f${id} 0 ${pages - 1}`] : [],
  );
  const script = join(folder, 'debugfs');
  writeFileSync(script, `${lines.join('\n')}\n`);
  command(debugfs, ['-w', '-f', script, image]);
}

/** With room for what the program writes. */
function makeCopy(image: string, folder: string, { mke2fs }: Tools): void {
  sparse(image, SPARE + 2 * sizeBelow(folder));
  command(mke2fs, [...EXT4, '-d', folder, image]);
}

const sizeBelow = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) =>
      sum + PAGE_SIZE + (entry.isFile() ? lstatSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );

function command(program: string, words: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new DiskFailure(`${program}: ${stderr.trim().split('\n').at(-1)}`);
}

function sparse(path: string, bytes: number): void {
  const file = openSync(path, 'wx', 0o600);
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** What mkswap(8) writes. */
function makeSwap(path: string, swap: Pages): void {
  sparse(path, (swap + 1) * PAGE_SIZE);
  const header = Buffer.alloc(PAGE_SIZE);
  header.writeUInt32LE(1, 1024);
  header.writeUInt32LE(swap, 1028);
  header.write('SWAPSPACE2', PAGE_SIZE - 10, 'latin1');
  const file = openSync(path, 'r+');
  writeSync(file, header, 0, PAGE_SIZE, 0);
  closeSync(file);
}

function bootWords(
  folder: string,
  { program, preload }: Helper,
  { uml }: Tools,
  { memory, swap, copied }: GuestOptions,
): Guarded {
  const words = [
    `mem=${(memory * PAGE_SIZE) / 1024}K`,
    'rootfstype=hostfs',
    'rootflags=/',
    'ro',
    `init=${program}`,
    `ubda=${join(folder, 'disk.img')}`,
    ...(swap > 0 ? [`ubdb=${join(folder, 'swap.img')}`] : []),
    'con=null',
    'con0=null,fd:1',
    'con1=null',
    'quiet',
    `uml_dir=${folder}/`,
    `memcg_folder=${folder}`,
    ...(copied === null ? [] : [`ubdc=${join(folder, 'copy.img')}`, `memcg_over=${copied}`]),
  ];
  return { words: [uml, ...words], environment: { LD_PRELOAD: preload } };
}
