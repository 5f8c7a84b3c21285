import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newRandom, nextBelow, nextUint32 } from '../../src/kernel/random.ts';

/** What is measured: scripts by rule, and programs of different kind that need no network. */

export interface Synthetic {
  readonly name: string;
  readonly about: string;
  /** Lines after the machine's. */
  readonly script: string;
  /** One of those that CI runs. */
  readonly fast: boolean;
  /** Records of the trace `trace.csv`, if it has one: pages of one file. */
  readonly trace?: () => number[];
}

export interface Program {
  readonly name: string;
  readonly about: string;
  /** What has to be installed. */
  readonly needs: string;
  readonly command: string;
  readonly fast: boolean;
  /** Puts its inputs into a folder. */
  readonly prepare: (folder: string) => void;
}

const task = (...lines: string[]): string =>
  ['spawn t', ...lines.map((line) => `run t ${line}`), ''].join('\n');

export const SYNTHETIC: readonly Synthetic[] = [
  { name: 'stream', about: 'one file once', script: task('stream data 128M'), fast: true },
  { name: 'cycle', about: 'one file three times', script: task('stream data 64M --times 3'), fast: false },
  {
    name: 'phases',
    about: 'a working set, another, and the first again',
    script: task('stream a 48M --times 3', 'stream b 40M --times 3', 'stream a 48M'),
    fast: true,
  },
  {
    name: 'hot and cold',
    about: 'a file read again and again beside one read once',
    script: task(
      ...Array.from({ length: 8 }, (_, i) => [`stream hot 16M`, `stream cold 16M --at ${16 * i}M`]).flat(),
    ),
    fast: false,
  },
  {
    name: 'memory',
    about: 'anonymous memory, which has no swap to go to',
    script: task('alloc 48M', 'touch all --times 2'),
    fast: true,
  },
  {
    name: 'memory and file',
    about: 'half of each',
    script: task('alloc 32M', 'stream data 32M --times 3', 'touch all', 'stream data 32M'),
    fast: false,
  },
  {
    name: 'random trace',
    about: '40,000 reads of 8,192 pages',
    script: 'spawn t\nrun t trace trace.csv --asap\n',
    trace: randomTrace,
    fast: false,
  },
  {
    name: 'skewed trace',
    about: '60,000 reads of 16,384 pages, few of them often',
    script: 'spawn t\nrun t trace trace.csv --asap\n',
    trace: skewedTrace,
    fast: true,
  },
];

function randomTrace(): number[] {
  const random = newRandom(1);
  return Array.from({ length: 40_000 }, () => nextBelow(random, 8192));
}

function skewedTrace(): number[] {
  const random = newRandom(2);
  return Array.from({ length: 60_000 }, () => Math.floor(16_384 * (nextUint32(random) / 2 ** 32) ** 4));
}

const write = (folder: string, name: string, text: string | Uint8Array): void =>
  writeFileSync(join(folder, name), text);

/** Lines of random hexadecimal numbers. */
function numbers(lines: number, seed: number): string {
  const random = newRandom(seed);
  const hex = (): string => nextUint32(random).toString(16).padStart(8, '0');
  return Array.from({ length: lines }, () => `${hex()}${hex()} some text behind it\n`).join('');
}

function bytes(size: number, seed: number): Uint8Array {
  const random = newRandom(seed);
  return Uint8Array.from({ length: size }, () => nextUint32(random) & 0xff);
}

const files = (folder: string, count: number, lines: number): void => {
  for (let i = 0; i < count; i += 1) write(folder, `file${i}.txt`, numbers(lines, i + 1));
};

function cSource(functions: number): string {
  const one = (i: number): string =>
    `int f${i}(int *a, int n) {\n  int s = ${i};\n  for (int i = 0; i < n; i++) { if (a[i] % ${2 + (i % 7)}) s += a[i] * ${i}; else s ^= a[n - i - 1]; }\n  switch (s & 7) { case 0: return s + 1; case 1: return s * 3; case 2: return s - ${i}; default: return s; }\n}\n`;
  return Array.from({ length: functions }, (_, i) => one(i)).join('');
}

function tsSource(types: number): string {
  const one = (i: number): string =>
    `interface T${i} { readonly a${i}: number; readonly b: string; readonly next: T${Math.max(0, i - 1)} | null }\nexport const f${i} = (x: T${i}): Pick<T${i}, 'a${i}'> & { c: keyof T${i} } => ({ a${i}: x.a${i} + ${i}, c: 'b' });\n`;
  return Array.from({ length: types }, (_, i) => one(i)).join('');
}

const TSC = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url));

export const PROGRAMS: readonly Program[] = [
  {
    name: 'sort',
    about: 'sort with temporary files',
    needs: 'sort',
    command: 'LC_ALL=C sort --parallel=1 -S 12M -o out.txt in.txt',
    prepare: (to) => write(to, 'in.txt', numbers(800_000, 1)),
    fast: true,
  },
  {
    name: 'gcc',
    about: 'a compiler',
    needs: 'gcc',
    command: 'gcc -O1 -c -o out.o in.c',
    prepare: (to) => write(to, 'in.c', cSource(1000)),
    fast: false,
  },
  {
    name: 'tsc',
    about: 'the compiler of TypeScript',
    needs: 'node',
    command: `'${TSC}' --ignoreConfig --noEmit --strict in.ts`,
    prepare: (to) => write(to, 'in.ts', tsSource(6000)),
    fast: false,
  },
  {
    name: 'sqlite',
    about: 'a database: load, index, join',
    needs: 'sqlite3',
    command: 'rm -f db && sqlite3 db < in.sql > /dev/null',
    prepare: (to) =>
      write(
        to,
        'in.sql',
        "PRAGMA journal_mode=OFF; CREATE TABLE t(a INTEGER, b TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) INSERT INTO t SELECT (i * 7919) % 300007, printf('%040d', i) FROM n; CREATE INDEX i ON t(a); SELECT count(*) FROM t x JOIN t y ON x.a = y.a + 1;\n",
      ),
    fast: true,
  },
  {
    name: 'tar',
    about: 'an archive',
    needs: 'tar',
    command: 'tar cf out.tar file*.txt && tar tf out.tar > /dev/null && gzip -1 -c out.tar > out.tgz',
    prepare: (to) => files(to, 60, 16_000),
    fast: false,
  },
  {
    name: 'grep',
    about: 'a search, twice over the same files',
    needs: 'grep',
    command: 'grep -c zzqq file*.txt > out1; grep -c aabb file*.txt > out2; true',
    prepare: (to) => files(to, 60, 16_000),
    fast: true,
  },
  {
    name: 'python',
    about: 'a heap of Python',
    needs: 'python3',
    command:
      "python3 -c 'd = {i: str(i) for i in range(500000)}; print(sum(len(v) for v in d.values()), len(sorted(d.values())))'",
    prepare: () => {},
    fast: false,
  },
  {
    name: 'node',
    about: 'a heap of Node',
    needs: 'node',
    command:
      "node -e 'const m = new Map(); for (let i = 0; i < 400000; i++) m.set(i, { i, s: String(i) }); let n = 0; for (const { s } of m.values()) n += s.length; console.log(n)'",
    prepare: () => {},
    fast: false,
  },
  {
    name: 'perl',
    about: 'words counted in Perl',
    needs: 'perl',
    command: "perl -ne '$n{$_}++ for split; END { print scalar keys %n, qq(\\n) }' in.txt",
    prepare: (to) => write(to, 'in.txt', numbers(300_000, 3)),
    fast: false,
  },
  {
    name: 'xz',
    about: 'a compressor with a large dictionary',
    needs: 'xz',
    command: 'xz -T1 -1 -k -f -c in.txt > out.xz',
    prepare: (to) => write(to, 'in.txt', numbers(60_000, 4)),
    fast: false,
  },
  {
    name: 'git',
    about: 'a repository: add, commit, gc',
    needs: 'git',
    command:
      'rm -rf .git && git init -q . && git add file*.txt && git -c user.name=a -c user.email=b commit -q -m one && git gc -q',
    prepare: (to) => files(to, 20, 5_000),
    fast: false,
  },
  {
    name: 'mmap',
    about: 'a mapped file at random',
    needs: 'python3',
    command:
      'python3 -c \'import mmap, random; random.seed(1); f = open("data", "rb"); m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ); print(sum(m[random.randrange(len(m))] for _ in range(60000)))\'',
    prepare: (to) => write(to, 'data', bytes(32 << 20, 5)),
    fast: false,
  },
];
