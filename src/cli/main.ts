import { writeSync } from 'node:fs';
import { visibleText } from '../kernel/visible.ts';
import { VERSION } from '../session/version.ts';
import { exactArguments } from './argv.ts';
import { LANGUAGE, readInvocation } from './invocation.ts';

const LOST_BYTES =
  'memcg: an argument is not UTF-8, and this system does not tell which bytes it was: ' +
  'write it in a script, as "\\xHH"\n';

/** Each front end is loaded when it is asked for: the way to the server must cost little more than Node itself. */
async function start(argv: readonly string[] | null): Promise<void> {
  if (argv === null) return fail(LOST_BYTES);
  // The version is answered before anything else is loaded.
  if (argv.length === 1 && ['--version', '-V', '-v'].includes(argv[0])) {
    writeSync(1, `${VERSION}\n`);
    return;
  }
  const [first, ...rest] = argv.filter((word) => word !== '--json');
  if (first === '--version' && rest.length === 0)
    return (await import('./commands/version-json.ts')).versionJson();
  const invocation = readInvocation(argv);
  if ('misused' in invocation) return fail(`memcg: ${invocation.misused}\n'memcg help' lists all options\n`);
  const [word] = invocation.words;
  if (word !== undefined && LANGUAGE.has(word) && !invocation.help && !invocation.json) {
    const { runLine } = await import('./line.ts');
    process.exitCode = await runLine(invocation);
    return;
  }
  if (word === 'replay') return (await import('./replay-program.ts')).run(argv);
  return (await import('./program.ts')).run(argv, invocation);
}

function fail(message: string): void {
  process.stderr.write(visibleText(message));
  process.exitCode = 2;
}

/** Resolves when all is done. */
export const ended = start(exactArguments(process.argv.slice(2)));
