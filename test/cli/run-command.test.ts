import { Command } from 'commander';
import { afterEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../src/cli/run-command.ts';
import { TooLarge } from '../../src/mm/too-large.ts';

const before = process.exitCode;
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = before;
});

test('a command whose machine grows beyond what can be kept of it says so in a sentence, and exits with 3', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const command = new Command('replay').action(() => {
    throw new TooLarge();
  });
  expect(await runCommand(command, [])).toBeNull();
  expect(said.mock.calls).toEqual([
    [
      expect.stringMatching(
        /^memcg: replay: this machine has grown beyond the 4 GiB .*: truncate files .*\n$/,
      ),
    ],
  ]);
  expect(process.exitCode).toBe(3);
});
