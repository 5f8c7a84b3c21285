import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { PAGE_SIZE } from '../../src/kernel/units.ts';
import { ownCopy } from './own-copy.ts';

/** Real programs whose accesses are known, and what a real kernel does with them under a limit. */

export interface Known {
  /** Pages read and written in their files, each as often as it was; and different ones. */
  readonly accesses: number;
  readonly distinct: number;
}

export interface Program {
  readonly name: string;
  /** Lines of sh, run in a folder of its own; `prepare`: makes its input. */
  readonly prepare: string;
  readonly command: readonly string[];
  /** In its folder, files that are dropped from the page cache before it runs. */
  readonly cold: readonly string[];
  /** null: only its bytes are known, from the kernel's counters. */
  readonly known: Known | null;
}

const MIB = 1 << 20;
const PAGES_A_MIB = MIB / PAGE_SIZE;
const FILES = 400;

const LOOP = `
import os
f = os.open('data', os.O_RDONLY)
for i in range(4):
    os.lseek(f, 0, 0)
    while os.read(f, 131072): pass`;

/** A generator that is the same in each run. */
const RANDOM = `
s = 88172645463325252
def rnd():
    global s
    s ^= s << 13 & 0xffffffffffffffff; s ^= s >> 7; s ^= s << 17 & 0xffffffffffffffff
    return s`;

/** 90 % of the reads in a scattered 10 % of the pages. */
const ZIPF = `
import os
f = os.open('data', os.O_RDONLY)
os.posix_fadvise(f, 0, 0, os.POSIX_FADV_RANDOM)
pages = os.fstat(f).st_size // 4096${RANDOM}
for i in range(80000):
    k = rnd() % (pages // 10) * 10 if rnd() % 10 else rnd() % pages
    os.pread(f, 4096, k * 4096)`;

const ZIPF_READS = 80_000;

/** RANDOM here: what ZIPF reads. */
function zipf(pages: number): Known {
  const mask = (1n << 64n) - 1n;
  let s = 88172645463325252n;
  const random = (below: number): number => {
    s ^= (s << 13n) & mask;
    s ^= s >> 7n;
    s ^= (s << 17n) & mask;
    return Number(s % BigInt(below));
  };
  const tenth = Math.floor(pages / 10);
  const seen = new Set<number>();
  for (let i = 0; i < ZIPF_READS; i += 1) seen.add(random(10) > 0 ? random(tenth) * 10 : random(pages));
  return { accesses: ZIPF_READS, distinct: seen.size };
}

/** `mib`: how large each is. */
export const programs = (mib: number): readonly Program[] => [
  {
    name: 'loop',
    prepare: `head -c ${mib}M /dev/urandom >data`,
    command: ['./python3', '-S', '-c', LOOP],
    cold: ['data', 'python3'],
    known: { accesses: 4 * mib * PAGES_A_MIB, distinct: mib * PAGES_A_MIB },
  },
  {
    name: 'zipf',
    prepare: `head -c ${4 * mib}M /dev/zero >data`,
    command: ['./python3', '-S', '-c', ZIPF],
    cold: ['data', 'python3'],
    known: zipf(4 * mib * PAGES_A_MIB),
  },
  {
    name: 'grep2',
    prepare: `mkdir tree; for i in $(seq ${FILES}); do head -c ${Math.floor((mib / FILES) * MIB)} /dev/zero | tr '\\0' 'x\\n' >tree/$i; done`,
    command: ['sh', '-c', 'grep -rF zzqqzz9 tree; grep -rF yyqqyy8 tree; true'],
    cold: ['tree/*'],
    known: {
      accesses: 2 * FILES * Math.ceil(Math.floor((mib / FILES) * MIB) / PAGE_SIZE),
      distinct: FILES * Math.ceil(Math.floor((mib / FILES) * MIB) / PAGE_SIZE),
    },
  },
  {
    name: 'dd',
    prepare: ':',
    command: ['dd', 'if=/dev/zero', 'of=data', 'bs=1M', `count=${mib}`, 'status=none'],
    cold: [],
    known: { accesses: mib * PAGES_A_MIB, distinct: mib * PAGES_A_MIB },
  },
  {
    name: 'sort',
    prepare: `head -c ${Math.floor(mib / 2)}M /dev/urandom | od -An -v -tx8 -w16 >data; mkdir -p tmp`,
    command: ['env', 'LC_ALL=C', 'sort', '--parallel=1', '-S', '16M', '-T', 'tmp', '-o', 'sorted', 'data'],
    cold: ['data'],
    known: null,
  },
];

/** Half as much memory as file, both used over and over. */
const anonFile = (mib: number): string => `
import os
held = bytearray(b'x') * (${mib} << 19)
f = os.open('data', os.O_RDONLY)
for i in range(4):
    os.lseek(f, 0, 0)
    while os.read(f, 131072): pass
    for at in range(0, len(held), 4096): held[at] = i`;

const MMAPNA = `
import mmap, os
data = mmap.mmap(os.open('data', os.O_RDONLY), 0, prot=mmap.PROT_READ)
pages = len(data) // 4096${RANDOM}
for i in range(20000): data[rnd() % pages * 4096]`;

/** Entries of some 128 bytes. */
const pyDict = (mib: number): string => `
d = {}
for i in range(${mib * 8_000}): d[i] = str(i)`;

/** Programs that touch their memory: which pages of it, and in which order, a recording can't know. */
export const memoryPrograms = (mib: number): readonly Program[] =>
  Object.entries({ anonfile: anonFile(mib), mmapna: MMAPNA, pydict: pyDict(mib) }).map(([name, source]) => ({
    name,
    prepare: `head -c ${mib}M /dev/urandom >data`,
    command: ['./python3', '-S', '-c', source],
    cold: ['data', 'python3'],
    known: null,
  }));

const project = fileURLToPath(new URL('../..', import.meta.url));
const tscFolder = `${project}/node_modules/@typescript/typescript-${process.platform}-${process.arch}/lib`;
/** That gcc compiles, for each MiB. */
const FUNCTIONS = 64;

/** What people run all day. Each is a copy that nobody else runs: cold it is charged to who runs it. */
export const toolPrograms = (mib: number): readonly Program[] => [
  {
    name: 'gcc',
    prepare: `cp "$(gcc -print-prog-name=cc1)" cc1
seq ${mib * FUNCTIONS} | awk '{ printf "int f%d(int a) { return a * %d + (a >> %d); }\\n", $1, $1, $1 % 31 }' >a.c`,
    command: ['gcc', '-B.', '-O1', '-c', '-o', 'a.o', 'a.c'],
    cold: ['cc1', 'a.c'],
    known: null,
  },
  {
    name: 'tsc',
    prepare: `cp -r ${tscFolder} tsc`,
    command: ['tsc/tsc', '--noEmit', '-p', project],
    cold: ['tsc/*'],
    known: null,
  },
  {
    name: 'targz',
    prepare: `mkdir tree; head -c ${mib / 2}M /dev/urandom | od -An -v -tx8 -w16 | split -b 96K -a 4 - tree/`,
    command: ['sh', '-c', 'tar cf - tree | gzip -1 >out.tgz'],
    cold: ['tree/*'],
    known: null,
  },
];

/** Makes its input, and an interpreter that nobody else runs: cold it is charged to who runs it, as all it reads. */
export function prepare(folder: string, { prepare: script, cold }: Program): void {
  if (cold.includes('python3')) ownCopy('python3', folder);
  spawnSync('sh', ['-c', script], { cwd: folder, stdio: 'inherit' });
}

/** The file's clean pages are forgotten, and what the last run has left goes. */
export function cool(folder: string, { cold }: Program): void {
  const drop = cold.map(
    (name) =>
      `for f in ${name}; do dd of="$f" oflag=nocache conv=notrunc,fdatasync count=0 status=none; done`,
  );
  spawnSync('sh', ['-c', ['rm -f sorted out.tgz', ...drop].join('\n')], { cwd: folder, stdio: 'inherit' });
}

/** What a trace beside a recording says of the files in a folder. */
export function traced(
  trace: string,
  folder: string,
): Known & { readonly read: number; readonly written: number } {
  const pages = new Set<string>();
  let [accesses, read, written] = [0, 0, 0];
  for (const row of gunzipSync(readFileSync(trace)).toString().trim().split('\n').slice(1)) {
    const [, op, file, at, size] = row.split(',');
    if (op !== 'read' && op !== 'write') continue;
    if (op === 'read') read += Number(size);
    else written += Number(size);
    if (!file.startsWith(`${folder}/`)) continue;
    const first = Math.floor(Number(at) / PAGE_SIZE);
    const last = Math.floor((Number(at) + Number(size) - 1) / PAGE_SIZE);
    accesses += last - first + 1;
    for (let page = first; page <= last; page += 1) pages.add(`${file}:${page}`);
  }
  return { accesses, distinct: pages.size, read, written };
}

/** A memory cgroup of this host: of version 1, or of version 2 where the controller is on. */
const ROOTS = [
  {
    path: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    none: '-1',
  },
  { path: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak', none: 'max' },
] as const;

export class RealLimit {
  readonly #root: (typeof ROOTS)[number];
  readonly #group: string;

  private constructor(root: (typeof ROOTS)[number]) {
    this.#root = root;
    this.#group = join(root.path, `memcg-real-${process.pid}`);
  }

  /** null: no cgroup can be made here whose memory is limited. */
  static find(): RealLimit | null {
    for (const root of ROOTS) {
      const limit = new RealLimit(root);
      if (limit.#with(() => existsSync(join(limit.#group, root.peak)))) return limit;
    }
    return null;
  }

  /** `limit`: bytes; null: none. What it came to: bytes that were charged at most, and read from storage. */
  run(
    folder: string,
    program: Program,
    limit: number | null,
  ): { peak: number; read: number; status: number | null } {
    cool(folder, program);
    const ran = this.#with(() => {
      writeFileSync(join(this.#group, this.#root.limit), limit === null ? this.#root.none : `${limit}`);
      const script = 'echo $$ >"$1/cgroup.procs"; shift; "$@" >&2; s=$?; cat /proc/$$/io; exit $s';
      const { status, stdout } = spawnSync('sh', ['-c', script, 'sh', this.#group, ...program.command], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'ignore'],
        encoding: 'utf8',
      });
      const peak = Number(readFileSync(join(this.#group, this.#root.peak), 'utf8'));
      return { peak, read: Number(/^read_bytes: (\d+)/m.exec(stdout)?.[1] ?? Number.NaN), status };
    });
    if (ran === null) throw new Error(`${this.#group}: it could be made, and now it can't`);
    return ran;
  }

  /** The bytes that were charged at most to those who ran with these words before their own. */
  peakOf(act: (joining: readonly string[]) => void): number {
    const script = 'echo $$ >"$0/cgroup.procs" && exec "$@"';
    const peak = this.#with(() => {
      act(['sh', '-c', script, this.#group]);
      return Number(readFileSync(join(this.#group, this.#root.peak), 'utf8'));
    });
    if (peak === null) throw new Error(`${this.#group}: it could be made, and now it can't`);
    return peak;
  }

  #with<T>(act: () => T): T | null {
    try {
      mkdirSync(this.#group);
    } catch {
      return null;
    }
    try {
      return act();
    } finally {
      rmdirSync(this.#group);
    }
  }
}

/** Bytes that a command and its children read and wrote, by the kernel's counters (proc_pid_io(5)). */
export function countedBy(folder: string, command: readonly string[]): { read: number; written: number } {
  const { stdout } = spawnSync('sh', ['-c', '"$@" >&2; cat /proc/$$/io', 'sh', ...command], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  const value = (name: string): number => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(stdout)?.[1]);
  return { read: value('rchar'), written: value('wchar') };
}
