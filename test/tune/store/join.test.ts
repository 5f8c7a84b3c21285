import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Mistake } from '../../../src/script/mistake.ts';
import { ShareExecutor } from '../../../src/tune/run/share.ts';
import { FolderExecutor } from '../../../src/tune/store/folder-executor.ts';
import { type Joined, joinFolders } from '../../../src/tune/store/join.ts';
import { JoinedExecutor } from '../../../src/tune/store/joined-executor.ts';
import { SweepFolder } from '../../../src/tune/store/sweep-folder.ts';
import type { Task } from '../../../src/tune/sweep.ts';
import { Folder } from '../../session/sessions.ts';
import { finished, grid, header, job, MadeUp, sorted, task, told, unlimited } from '../sweeps.ts';

/** Runs one share into a folder of its own, as a job of an array does. */
async function share(path: string, index: number, of: number, rounds: readonly Task[][], changes = {}) {
  const asked = header({ share: { index, of }, ...changes });
  const folder = SweepFolder.open(path, asked);
  if (!(folder instanceof SweepFolder)) throw folder;
  const executor = new ShareExecutor({ index, of }, new FolderExecutor(folder, new MadeUp()));
  const all = await told(executor, ...rounds);
  await executor.close();
  return all;
}

function joined(paths: readonly string[]): Joined {
  const whole = joinFolders(paths);
  if (whole instanceof Error) throw whole;
  return whole;
}

const refusal = (paths: readonly string[]): string => {
  const whole = joinFolders(paths);
  return whole instanceof Error ? whole.message : 'joined';
};

describe('shares of a sweep', () => {
  test('are refused where any bit of what says what they are of has flipped', async () => {
    using folder = new Folder();
    const path = folder.at('out');
    await share(path, 1, 1, [unlimited()]);
    const file = `${path}/sweep.json`;
    const sound = readFileSync(file);
    expect(joined([path]).of).toBe(1);
    for (let at = 0; at < sound.length - 1; at += 1) {
      const bytes = Buffer.from(sound);
      bytes[at] ^= 1 << (at % 8);
      writeFileSync(file, bytes);
      expect(refusal([path]), `byte ${at}`).toMatch(/sweep\.json (is damaged|is of no sweep|has format)/);
    }
  });

  test('have every point of the grid once, and each what was asked without a limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.nat(40), async (of, points) => {
        using folder = new Folder();
        const counts = new Map<string, number>();
        const sizes: number[] = [];
        for (let index = 1; index <= of; index++) {
          const all = await share(folder.at(`${index}`), index, of, [unlimited(), grid(points)]);
          sizes.push(all.length);
          for (const { point } of all) {
            const key = JSON.stringify(point);
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }
        expect(unlimited().map(({ point }) => counts.get(JSON.stringify(point)))).toEqual([of, of]);
        expect(grid(points).map(({ point }) => counts.get(JSON.stringify(point)))).toEqual(
          grid(points).map(() => 1),
        );
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 15 },
    );
  });

  test('have all seeds of a pair of marks together, so that two of three shares are of use', async () => {
    using folder = new Folder();
    const seeds = (points: number) =>
      grid(points).flatMap((each) => [1, 2, 3].map((seed) => ({ ...each, point: { ...each.point, seed } })));
    const all = await share(folder.at('1'), 1, 3, [unlimited(), seeds(4)]);
    expect(all.slice(2).map(({ point }) => [point.high, point.seed])).toEqual([
      [10, 1],
      [10, 2],
      [10, 3],
      [13, 1],
      [13, 2],
      [13, 3],
    ]);
  });

  test('joined in any order answer everything; what later rounds ask is handed on', async () => {
    using folder = new Folder();
    const paths = [1, 2, 3].map((index) => folder.at(`${index}`));
    for (const [i, path] of paths.entries()) await share(path, i + 1, 3, [unlimited(), grid(10)]);
    const later = [task(500), task(501)];
    for (const order of [paths, paths.toReversed(), [...paths, paths[1]]]) {
      const inner = new MadeUp();
      const executor = new JoinedExecutor(joined(order), inner);
      const all = await told(executor, unlimited(), grid(10), later);
      expect(sorted(all)).toEqual(sorted([...unlimited(), ...grid(10), ...later].map(finished)));
      expect(inner.asked).toEqual(later);
      expect(executor.missing).toBe(null);
    }
  });

  test('that are missing or unfinished are named, and their points are not run', async () => {
    using folder = new Folder();
    await share(folder.at('1'), 1, 8, [unlimited(), grid(16)]);
    await share(folder.at('2'), 2, 8, [unlimited()]);
    const inner = new MadeUp();
    const executor = new JoinedExecutor(joined([folder.at('1'), folder.at('2')]), inner);
    const all = await told(executor, unlimited(), grid(16));
    expect(all).toHaveLength(4);
    expect(inner.asked).toEqual([]);
    expect(executor.missing).toBe(
      'of 8 shares, 3 to 8 are missing; share 2/8 lacks 2 points: run what is missing, and merge again',
    );
  });

  test('a torn line in one is said, and its point is missing', async () => {
    using folder = new Folder();
    await share(folder.at('1'), 1, 1, [unlimited(), grid(2)]);
    appendFileSync(folder.at('1/points'), 'deadbeef {"script":0');
    expect(joined([folder.at('1')]).notices).toEqual([
      `${folder.at('1')}/points: the last 20 bytes are an unfinished line: its point is run again`,
    ]);
  });
});

describe('folders are not joined', () => {
  const others: readonly (readonly [string, object, RegExp])[] = [
    ['versions', { version: '2.0.0' }, /the version of memcg is 1\.0\.0 in \S+\/1 and 2\.0\.0 in \S+\/2$/],
    [
      'scripts',
      { job: job({ texts: { ...job().texts, 'a.memcg': 'wait 3s\n' } }) },
      /the text of a\.memcg is SHA-256 \w+… in \S+ and SHA-256 \w+… in \S+$/,
    ],
    ['settings', { settings: { limit: '1G' } }, /--limit is auto in \S+ and 1G in \S+$/],
  ];
  test.each(others)('of different %s', async (_, changes, why) => {
    using folder = new Folder();
    await share(folder.at('1'), 1, 2, []);
    await share(folder.at('2'), 2, 2, [], changes);
    const said = refusal([folder.at('1'), folder.at('2')]);
    expect(said).toMatch(/^these don't belong together: /);
    expect(said).toMatch(why);
  });

  test('of different numbers of shares, or that hold no sweep', async () => {
    using folder = new Folder();
    await share(folder.at('1'), 1, 2, []);
    await share(folder.at('2'), 2, 3, []);
    expect(refusal([folder.at('1'), folder.at('2')])).toMatch(
      /the number of shares is 2 in \S+ and 3 in \S+$/,
    );
    expect(refusal([folder.at('nowhere')])).toBe(`--merge ${folder.at('nowhere')}: there is no sweep in it`);
    expect(joinFolders([])).toBeInstanceOf(Mistake);
  });
});
