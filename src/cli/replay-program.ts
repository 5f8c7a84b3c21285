import { replay, showMisuse } from './commands/replay.ts';
import { splitLeading } from './invocation.ts';
import { runCommand } from './run-command.ts';

/** `memcg replay`, by itself: scripts are run again and again, and what that takes is bundled to one file. */
export async function run(argv: readonly string[]): Promise<void> {
  const [options, [, ...rest]] = splitLeading(argv);
  const words = [...options, ...rest];
  const misused = await runCommand(replay(), words);
  if (misused !== null && words.includes('--json')) showMisuse(misused);
}
