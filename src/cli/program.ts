import { Command, CommanderError } from 'commander';

interface Entry {
  readonly name: string;
  readonly summary: string;
  /** A command's file is read when the command is named, and not before. */
  readonly load: () => Promise<{ command(): Command }>;
}

const ENTRIES: readonly Entry[] = [
  {
    name: 'replay',
    summary: 'run scripts at full speed and show what reclaim did',
    load: () => import('./replay.ts'),
  },
  {
    name: 'conform',
    summary: "hold the emulator against a real kernel's recorded answers",
    load: () => import('./conform.ts'),
  },
];

/**
 * Runs the command that `argv` (without node and the program's path) names. A
 * command sets `process.exitCode` when it is not 0; wrong usage sets 2.
 */
export async function run(argv: readonly string[], version: string): Promise<void> {
  process.stdout.on('error', endWithReader);
  try {
    const program = await build(argv, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

/** The program with every command's name and summary, and the named one complete. */
async function build(argv: readonly string[], version: string): Promise<Command> {
  const program = new Command('memcg')
    .description('A small emulated machine whose memory controller is that of a 2008 kernel patch.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'memcg: ')) });
  for (const { name, summary, load } of ENTRIES) {
    const command = argv.includes(name) ? (await load()).command() : new Command(name);
    program.addCommand(command.copyInheritedSettings(program).summary(summary));
  }
  return program;
}

/** In `memcg ... | head` the reader leaves first: that is no error. */
function endWithReader(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
