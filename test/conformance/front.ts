import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { files } from '../../src/conform/files.ts';
import type { Comparison, Kind } from '../../src/conform/kind.ts';
import { order, verbatim } from '../../src/conform/order.ts';
import { write } from '../../src/conform/write.ts';

/** The recordings that another front end than the machine itself is held to. */

export const FRONT_KINDS: readonly Kind[] = [write, order, verbatim, files];

/** By kind: how many answers are compared, and what can't be said this way, by reason and number of lines. */
export type Expected = Readonly<
  Record<string, { readonly answers: number; readonly skipped: Readonly<Record<string, number>> }>
>;

export function expectAgreement(name: string, { answers, skipped }: Comparison, expected: Expected): void {
  const differ = answers.filter(({ agrees }) => !agrees);
  expect(differ.slice(0, MOST_SHOWN)).toEqual([]);
  const reasons: Record<string, number> = {};
  for (const { why } of skipped) reasons[why] = (reasons[why] ?? 0) + 1;
  expect({ answers: answers.length, skipped: reasons }).toEqual(expected[name]);
}

const MOST_SHOWN = 10;

/** The machine is shared with whatever else is tested: it may take long. */
export const LONGEST = 300_000;

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Tests that a live session answers as recorded, in a process that waits for it. */
export function testThroughSession(front: 'command' | 'mount', expected: Expected): void {
  test(
    'every kind of recording that a session can be held to comes out as on the kernel',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
      const env = {
        ...process.env,
        XDG_RUNTIME_DIR: join(folder, 'run'),
        XDG_STATE_HOME: join(folder, 'state'),
      };
      onTestFinished(() => {
        // Also where it was cut short: its server ends, and the mount with it.
        spawnSync(process.execPath, [join(root, 'bin', 'memcg.js'), 'down', '--session', 'conform'], { env });
        rmSync(folder, { recursive: true, force: true });
      });
      // Other users have to get to the mount.
      chmodSync(folder, 0o711);
      for (const name of ['run', 'state']) mkdirSync(join(folder, name), { mode: 0o700 });
      const child = join(root, 'test', 'conformance', 'fronts', 'child.ts');
      const program = [process.execPath, '--import', 'tsx', child, front, folder];
      // Through a mount any pid of this system is a process: in a namespace of its own there are few.
      const alone = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
      const [command, ...args] = front === 'mount' ? [...alone, ...program] : program;
      const { stdout } = await promisify(execFile)(command, args, {
        cwd: root,
        env,
        maxBuffer: 64 << 20,
        timeout: LONGEST,
      });
      const comparisons: Record<string, Comparison> = JSON.parse(stdout);
      for (const name of Object.keys(expected)) expectAgreement(name, comparisons[name], expected);
    },
    LONGEST,
  );
}
