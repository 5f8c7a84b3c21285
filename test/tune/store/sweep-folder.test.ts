import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ns } from '../../../src/kernel/units.ts';
import { Mistake } from '../../../src/script/mistake.ts';
import { ExecutorFailure } from '../../../src/tune/run/executor.ts';
import { FolderExecutor } from '../../../src/tune/store/folder-executor.ts';
import { FolderLock } from '../../../src/tune/store/folder-lock.ts';
import type { Header } from '../../../src/tune/store/header.ts';
import { SweepFolder } from '../../../src/tune/store/sweep-folder.ts';
import { Folder } from '../../session/sessions.ts';
import { has } from '../../support/has.ts';
import { finished, grid, header, job, MadeUp, sorted, task, told } from '../sweeps.ts';

function opened(path: string, asked: Header = header()): SweepFolder {
  const folder = SweepFolder.open(path, asked);
  if (!(folder instanceof SweepFolder)) throw folder;
  return folder;
}

/** What a folder that can't be had says. */
function refusal(path: string, asked: Header = header()): Mistake | ExecutorFailure {
  const folder = SweepFolder.open(path, asked);
  if (!(folder instanceof SweepFolder)) return folder;
  folder.close();
  throw new Error('it was opened');
}

/** A folder with some points in it, closed. */
async function filled(path: string, points: number): Promise<void> {
  const folder = opened(path);
  await Promise.all(grid(points).map((each) => folder.add(finished(each))));
  folder.close();
}

describe('the folder of a sweep', () => {
  test('keeps what has finished, so that it is not run again', async () => {
    using folder = new Folder();
    const first = new MadeUp();
    const executor = new FolderExecutor(opened(folder.at('out')), first);
    expect(await told(executor, grid(5))).toHaveLength(5);
    await executor.close();
    expect(first.closed).toBe(true);

    const second = new MadeUp();
    const again = new FolderExecutor(opened(folder.at('out')), second);
    expect(sorted(await told(again, grid(7)))).toEqual(sorted(grid(7).map(finished)));
    expect(second.asked).toEqual(grid(7).slice(5));
    await again.close();
  });

  test('says what it keeps when its workers fail', async () => {
    using folder = new Folder();
    const failing: MadeUp = new MadeUp();
    failing.run = async ([first], onFinished) => {
      onFinished(finished(first));
      throw new ExecutorFailure('the server is gone');
    };
    const executor = new FolderExecutor(opened(folder.at('out')), failing);
    await expect(told(executor, grid(5))).rejects.toThrow(
      `the server is gone; 1 point is kept in ${folder.at('out')}: the same command goes on from there`,
    );
    await executor.close();
  });

  test('cut anywhere, gives every whole line before the cut, says what was lost, and goes on', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await filled(path, 6);
    const bytes = readFileSync(`${path}/points`);
    const ends = [0, ...[...bytes].flatMap((byte, i) => (byte === 10 ? [i + 1] : []))];
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), async (cut) => {
        writeFileSync(`${path}/points`, bytes.subarray(0, cut));
        const whole = ends.filter((end) => end <= cut).length - 1;
        const again = opened(path);
        expect(again.size).toBe(whole);
        expect(again.notice === null).toBe(ends.includes(cut));
        const others = grid(6).filter((each) => again.of(each) === undefined);
        await Promise.all(others.map((each) => again.add(finished(each))));
        again.close();
        expect(readFileSync(`${path}/points`)).toEqual(bytes);
      }),
    );
  });

  test('takes a tail of zeros, as a power cut leaves it, for an unfinished line', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await filled(path, 2);
    appendFileSync(`${path}/points`, Buffer.alloc(4096));
    const again = opened(path);
    expect(again.size).toBe(2);
    expect(again.notice).toMatch(/the last 4096 bytes are an unfinished line: its point is run again$/);
    again.close();
  });

  test('with a damaged line in the middle sets that aside, says which it is, and keeps the rest', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await filled(path, 3);
    const lines = readFileSync(`${path}/points`, 'utf8').split('\n');
    lines[1] = lines[1].replace('"high":11', '"high":12');
    writeFileSync(`${path}/points`, lines.join('\n'));
    const again = opened(path);
    expect(again.notice).toBe(
      `${path}/points: line 2 is damaged and left out: what stood there is run again`,
    );
    expect(again.size).toBe(2);
    again.close();
    expect(readFileSync(`${path}/points`, 'utf8')).toBe(lines.toSpliced(1, 1).join('\n'));
    expect(readFileSync(`${path}/points.damaged`, 'utf8')).toBe(`${lines[1]}\n`);
    const once = opened(path);
    expect({ notice: once.notice, size: once.size }).toEqual({ notice: null, size: 2 });
    once.close();
  });

  test('whose points are of another shape under a good checksum leaves them out', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await filled(path, 2);
    const [first, second] = readFileSync(`${path}/points`, 'utf8').split('\n');
    const json = first.slice(9).replace(/"outcome":\{.*\}\}$/, '"outcome":null}');
    const checksum = crc32(json).toString(16).padStart(8, '0');
    writeFileSync(`${path}/points`, `${checksum} ${json}\n${second}\n`);
    const again = opened(path);
    expect(again.size).toBe(1);
    expect(again.notice).toMatch(/line 1 is damaged/);
    again.close();
  });

  test.each(['points', 'sweep.json'])(
    'whose %s is a link or a pipe is refused, and neither is touched',
    async (name) => {
      using folder = new Folder();
      const path = folder.at('out');
      await filled(path, 1);
      writeFileSync(folder.at('precious'), 'precious');
      rmSync(`${path}/${name}`);
      symlinkSync(folder.at('precious'), `${path}/${name}`);
      expect(refusal(path).message).toBe(
        `${path}/${name} is no regular file: a sweep's folder has none but these`,
      );
      expect(readFileSync(folder.at('precious'), 'utf8')).toBe('precious');
      rmSync(`${path}/${name}`);
      execFileSync('mkfifo', [`${path}/${name}`]);
      expect(refusal(path).message).toMatch(/is no regular file/);
    },
  );

  test('counts a point once that was written twice, and refuses two measurements of one', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    const out = opened(path);
    await out.add(finished(task(10)));
    await out.add(finished(task(10)));
    expect(out.size).toBe(1);
    await out.add({ ...finished(task(10)), measurement: { ...finished(task(10)).measurement, stalls: 99 } });
    out.close();
    expect(refusal(path).message).toContain('the point 0:rfc:1000:10:9:1 is there with two outcomes');
  });

  const others: readonly (readonly [string, Header, RegExp])[] = [
    ['version', header({ version: '1.0.1' }), /the version of memcg is 1\.0\.0 there and 1\.0\.1 here/],
    ['setting', header({ settings: { limit: '64M', seeds: '1' } }), /--limit is auto there and 64M here/],
    ['new setting', header({ settings: { limit: 'auto' } }), /--seeds is 1 there and nothing here/],
    [
      'text of a script',
      header({ job: job({ texts: { ...job().texts, 'a.memcg': 'wait 2s\n' } }) }),
      /the text of a\.memcg is SHA-256 \w{12}… there and SHA-256 \w{12}… here/,
    ],
    [
      'trace',
      header({ job: job({ traces: { 't.csv': 'ff'.repeat(32) } }) }),
      /the trace t\.csv is nothing there and /,
    ],
    ['machine', header({ job: job({ options: { cpus: 4 } }) }), /cpus is nothing there and 4 here/],
    ['warm-up', header({ job: job({ warmup: ns(5) }) }), /warmup is 0 there and 5 here/],
    ['share', header({ share: { index: 1, of: 2 } }), /the number of shares is one there and 2 here/],
  ];
  test.each(others)(
    'of another %s is refused, and says what differs and what to do',
    async (_, other, why) => {
      using folder = new Folder();
      await filled(folder.at('out'), 1);
      const said = refusal(folder.at('out'), other);
      expect(said).toBeInstanceOf(Mistake);
      expect(said.message).toMatch(why);
      expect(said.message).toMatch(/: name another folder, or delete that one to begin anew$/);
    },
  );

  test('is the same sweep’s wherever memcg is installed', async () => {
    using folder = new Folder();
    await filled(folder.at('out'), 1);
    const texts = { 'a.memcg': 'wait 1s\n', '/opt/boot.memcg': 'mkdir default\n' };
    const again = opened(
      folder.at('out'),
      header({ job: job({ texts, boot: '/opt/boot.memcg', bootOfOthers: '/opt/boot.memcg' }) }),
    );
    expect(again.size).toBe(1);
    again.close();
  });

  test('of another share is refused', () => {
    using folder = new Folder();
    opened(folder.at('out'), header({ share: { index: 1, of: 2 } })).close();
    expect(refusal(folder.at('out'), header({ share: { index: 2, of: 2 } })).message).toMatch(
      /keeps share 1\/2, and this is share 2\/2: each share needs a folder of its own$/,
    );
  });

  test('with files of something else is not touched', () => {
    using folder = new Folder();
    writeFileSync(folder.at('thesis.tex'), '');
    const said = refusal(folder.path);
    expect(said).toBeInstanceOf(Mistake);
    expect(said.message).toContain('holds other files (thesis.tex)');
  });

  test('with a damaged or unknown sweep.json is refused', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await filled(path, 1);
    for (const [text, why] of [
      ['{"memcg":"swe', 'is damaged'],
      ['{}', 'is of no sweep'],
      ['{"memcg":"sweep","format":2}', 'has format 2, this memcg knows 1'],
    ]) {
      writeFileSync(`${path}/sweep.json`, text);
      expect(refusal(path).message).toBe(`${path}/sweep.json ${why}`);
    }
  });

  test('that can’t be made says why', () => {
    using folder = new Folder();
    writeFileSync(folder.at('file'), '');
    expect(refusal(folder.at('file')).message).toMatch(/file: not a directory$/);
    expect(refusal(folder.at('file/out')).message).toMatch(/file\/out: not a directory$/);
  });
});

describe('two sweeps in one folder', () => {
  test('are not possible: the second is told who has it', () => {
    using folder = new Folder();
    const first = opened(folder.at('out'));
    const said = refusal(folder.at('out'));
    expect(said).toBeInstanceOf(ExecutorFailure);
    expect(said.message).toMatch(
      new RegExp(`is in use by another sweep \\(pid ${process.pid}\\): wait for it, end it, or name another`),
    );
    first.close();
    opened(folder.at('out')).close();
  });

  test('are not possible from two hosts, unless the first has not been heard of for a minute', () => {
    using folder = new Folder();
    const theirs = FolderLock.take(folder.path, 'their-host');
    expect(FolderLock.take(folder.path, 'our-host')).toMatch(/^pid \d+ on host their-host$/);
    const before = new Date(Date.now() - 61_000);
    utimesSync(folder.at('lock-their-host'), before, before);
    const ours = FolderLock.take(folder.path, 'our-host');
    if (!(ours instanceof FolderLock) || !(theirs instanceof FolderLock)) throw new Error('not taken');
    ours.release();
    theirs.release();
  });

  test('one that was killed does not keep the other away', () => {
    using folder = new Folder();
    mkdirSync(folder.at('out'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    opened(folder.at('out')).close();
    writeFileSync(folder.at('out/lock-elsewhere'), `${dead} 1\n`);
    utimesSync(folder.at('out/lock-elsewhere'), 0, 0);
    opened(folder.at('out')).close();
  });
});

const mounted = (path: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'memcg-test', path]).status === 0;
const canMount = (): boolean => {
  using folder = new Folder();
  if (process.getuid?.() !== 0 || !mounted(folder.path)) return false;
  return spawnSync('umount', [folder.path]).status === 0;
};

test.runIf(has('a disk to fill up (root, who mounts a small tmpfs)', canMount()))(
  'on a full disk a sweep ends, says what is kept, and goes on when there is room',
  async () => {
    using folder = new Folder();
    mkdirSync(folder.at('disk'));
    expect(mounted(folder.at('disk'))).toBe(true);
    try {
      const path = folder.at('disk/out');
      const executor = new FolderExecutor(opened(path), new MadeUp());
      const failure = await told(executor, grid(100)).catch((error: unknown) => error);
      await executor.close();
      expect(failure).toBeInstanceOf(ExecutorFailure);
      const [, kept] =
        /no space left on device: make room; (\d+) points are kept in /.exec(`${failure}`) ?? [];
      expect(Number(kept)).toBeGreaterThan(0);
      spawnSync('mount', ['-o', 'remount,size=1m', folder.at('disk')]);
      const again = opened(path);
      expect(again.size).toBe(Number(kept));
      expect(again.notice).toBe(null);
      again.close();
    } finally {
      spawnSync('umount', [folder.at('disk')]);
    }
  },
);
