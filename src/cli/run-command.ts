import { Command, CommanderError } from 'commander';
import { visibleText } from '../kernel/visible.ts';
import { TooLarge } from '../mm/too-large.ts';
import { lookOfOutput } from './output/look.ts';
import { put } from './output/print.ts';

/**
 * Runs one of this program's own commands with the arguments behind it. The command sets
 * `process.exitCode` when it is not 0. Answers what was wrong with the arguments (that was
 * said, and sets 2), or null.
 */
export async function runCommand(command: Command, argv: readonly string[]): Promise<string | null> {
  const program = new Command('memcg')
    .enablePositionalOptions()
    .exitOverride()
    // Help is written when it is known that it is wanted.
    .configureOutput({
      writeOut: () => {},
      outputError: (text, write) => write(visibleText(text.replace(/^error: /, 'memcg: '))),
    });
  program.addCommand(command.copyInheritedSettings(program));
  const name = command.name();
  // -gt of a condition is no -g; what stands behind record is another program's.
  const words =
    name === 'record' || name === 'shell' ? argv : argv.map((each) => (each === '-g' ? '--group' : each));
  try {
    await program.parseAsync([name, ...words], { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof TooLarge) {
      process.stderr.write(`memcg: ${name}: ${error.message}\n`);
      process.exitCode = 3;
      return null;
    }
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') {
      const { commandHelp } = await import('./help/command-help.ts');
      put(commandHelp(command, lookOfOutput(null, true)));
    }
    if (error.exitCode === 0) return null;
    process.exitCode = 2;
    return error.message.replace(/^error: /, '');
  }
}
