import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Replay } from '../src/cli/commands/replay-run.ts';
import { readReplay } from '../src/cli/options/replay.ts';
import type { ReplayOutput } from '../src/cli/output/replay-output.ts';
import type { Look } from '../src/report/look.ts';
import { renderComparison } from '../src/report/text.ts';
import { Mistake } from '../src/script/mistake.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/recorded/', import.meta.url));
const LOOK: Look = { width: 200, color: false, unicode: true };
const SLOWEST = 60_000;
/** More is no fixture, bytes. */
const LARGEST = 200 * 1024;

const ROW =
  /^\| \[(?<name>[^\]]+)\]\(\k<name>\.memcg\) \| .+ \| `--limit (?<limit>\d+M) --compare` \| `(?<line>[^`]+)` \|$/;

const RECORDINGS = readFileSync(`${FOLDER}README.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ['))
  .map((row) => {
    const { name = row, limit = '', line = '' } = ROW.exec(row)?.groups ?? {};
    return { name, limit, line };
  });

const silent: ReplayOutput = {
  print: null,
  keepOutput: false,
  draws: false,
  progress: () => {},
  drained: async () => {},
  show: () => {},
  end: () => {},
};

const evenly = (line: string): string => line.trim().replace(/\s+/g, ' ');

describe('a recorded fixture', () => {
  test('is listed in the README, and no other is', () => {
    const there = readdirSync(FOLDER).filter((name) => name.endsWith('.memcg'));
    expect(RECORDINGS.map(({ name }) => `${name}.memcg`).sort()).toEqual(there.sort());
  });

  test.each(RECORDINGS)('$name is complete, and small', ({ name }) => {
    const path = `${FOLDER}${name}.memcg`;
    expect(readFileSync(path, 'utf8')).toMatch(/^# State: completed\n/);
    expect(statSync(path).size).toBeLessThan(LARGEST);
  });

  test.each(RECORDINGS)(
    '$name shows what the README says',
    { timeout: SLOWEST },
    async ({ name, limit, line }) => {
      const path = `${FOLDER}${name}.memcg`;
      const options = readReplay({ compare: true, limit, group: '/default', color: false }, [path]);
      if (options instanceof Mistake) throw options;
      const runs = await new Replay(options, silent, null, new AbortController().signal).replay(path);
      if (runs instanceof Mistake) throw runs;
      const { on, off } = runs;
      if (off === null) throw new Error('nothing to compare with');
      expect([on.error, off.error]).toEqual([null, null]);
      expect(renderComparison(on, off, LOOK).split('\n').map(evenly)).toContain(line);
    },
  );
});
