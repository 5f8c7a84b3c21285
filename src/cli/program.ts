import { Command, CommanderError } from 'commander';
import { VOCABULARY } from '../script/vocabulary.ts';
import { suggestion } from '../script/nearest.ts';
import { COMMANDS } from './commands.ts';
import { splitLeading } from './invocation.ts';

/**
 * Runs a command that is no word of the language. A command sets `process.exitCode`
 * when it is not 0; wrong usage sets 2.
 */
export async function run(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', endWithReader);
  const [options, [name, ...rest]] = splitLeading(argv);
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry === undefined) {
    const known = [...COMMANDS.map((each) => each.name), ...VOCABULARY.map(({ word }) => word)];
    process.stderr.write(`memcg: unknown command '${name}'${suggestion(name, known)}\n`);
    process.stderr.write("'memcg help' lists them all\n");
    process.exitCode = 2;
    return;
  }
  const program = new Command('memcg').exitOverride().configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, 'memcg: ')),
  });
  const command = (await entry.load()).command();
  program.addCommand(command.copyInheritedSettings(program).summary(entry.summary));
  try {
    await program.parseAsync([name, ...options, ...rest], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

/** In `memcg ... | head` the reader leaves first: that is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
