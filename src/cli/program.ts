import { LateMounter } from '../mount/late-mounter.ts';
import { suggestion } from '../script/nearest.ts';
import { COMMAND_NAMES, type CommandName, isCommandName } from './command-names.ts';
import type { Invocation } from './invocation.ts';
import { splitLeading } from './invocation.ts';
import { loadCommand } from './load-command.ts';
import { endWithoutOutput } from './output/print.ts';
import { misuse } from './output/say.ts';
import { runCommand } from './run-command.ts';

/**
 * Runs everything that is no line for the machine. `argv`: without Node's and the program's path.
 * A command sets `process.exitCode` when it is not 0; wrong usage sets 2.
 */
export async function run(argv: readonly string[], invocation: Invocation): Promise<void> {
  process.stdout.on('error', endWithoutOutput);
  const [options, [word, ...rest]] = splitLeading(argv);
  if (word === undefined)
    return invocation.help
      ? command('help', [])
      : (await import('./commands/landing.ts')).landing(invocation);
  if (word === 'serve')
    return (await import('../session/serve.ts')).serveDetached(rest[0], new LateMounter());
  if (word === '__shell') return (await import('../mount/shell/shell-inside.ts')).shellInside(rest[0]);
  if (word === '__complete') return (await import('./completion/complete.ts')).complete(rest);
  if (word === 'help' && isCommandName(rest[0]) && !rest.includes('--schema'))
    return command(rest[0], ['--help']);
  // `pause` is a word of scripts too.
  if (isCommandName(word)) return command(word, [...options, ...rest]);
  // All of the machine is read with it, which commands do themselves that have one.
  const { entryFor, VOCABULARY } = await import('../script/vocabulary.ts');
  if (entryFor(word) !== null) {
    if (invocation.help) return command('help', [word]);
    return (await import('./commands/listing-json.ts')).listingJson(invocation);
  }
  const known = [...COMMAND_NAMES, ...VOCABULARY.map((entry) => entry.word)];
  misuse(`unknown command '${word}'${suggestion(word, known)}\n'memcg help' lists them all`);
}

const command = async (name: CommandName, argv: readonly string[]): Promise<void> => {
  await runCommand(await loadCommand(name), argv);
};
