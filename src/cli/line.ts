import { encodeText } from '../kernel/text.ts';
import type { Mistake } from '../script/mistake.ts';
import { EXIT, type RunError } from '../script/result.ts';
import { quote } from '../script/words.ts';
import { type Client, connect } from '../session/client.ts';
import type { Executed, ExecuteParams } from '../session/protocol.ts';
import { SessionError } from '../session/session-error.ts';
import { boundedInput, pipedScript } from './input.ts';
import type { Invocation } from './invocation.ts';
import { chosenGroup, chosenSession } from './options/session.ts';
import { AT_NO_PLACE, errorText, sessionErrorText } from './output/error-text.ts';
import { print } from './output/print.ts';
import { complain, say } from './output/say.ts';

/**
 * A word of the language as a shell command: the argv is quoted into a line, which the session's server
 * obeys. This is what people wait for most often, so nothing is loaded here but the way to the server.
 */

/** Resolves with the exit status. */
export async function runLine(invocation: Invocation): Promise<number> {
  const chosen = chosenSession(invocation.session);
  if ('misused' in chosen) return complain(chosen.misused, EXIT.mistake);
  const line = quote(invocation.words);
  try {
    const input = readsInput(invocation.words)
      ? await boundedInput(process.stdin)
      : await pipedScript(invocation.words);
    if (input instanceof Error) return complain(input.message, EXIT.mistake);
    const client = await clientFor(chosen.session, line, invocation.session !== null);
    if (client === null) return EXIT.mistake;
    const status = await obey(client, invocation, {
      line,
      group: chosenGroup(invocation.group),
      directory: process.cwd(),
      input: input === null ? null : Buffer.from(input).toString('base64'),
    });
    client.close();
    return status;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    process.stderr.write(sessionErrorText(error));
    return error.exit;
  }
}

/** `write FILE -`, also behind `fails`. */
const readsInput = (words: readonly string[]): boolean => words.at(-1) === '-' && words.includes('write');

/** They say what a machine is doing: of one that never was there is nothing to say. */
const ONLY_LOOKS: ReadonlySet<string> = new Set(['ps', 'tree', 'faults']);

/** null: the line is wrong, and no machine is booted for it. */
async function clientFor(session: string, line: string, named: boolean): Promise<Client | null> {
  try {
    return await connect({ session, boot: 'never' });
  } catch (error) {
    if (!(error instanceof SessionError) || error.kind !== 'no-server') throw error;
  }
  if (named && ONLY_LOOKS.has(line.split(' ', 1)[0])) {
    const { unknownSession } = await import('../session/unknown-session.ts');
    const slip = unknownSession(session);
    if (slip !== null) throw new SessionError('usage', slip);
  }
  const { parseLine } = await import('../script/vocabulary.ts');
  const parsed = parseLine(line);
  if (parsed.kind !== 'mistake') return connect({ session, boot: 'if-needed' });
  tellMistake(parsed.mistake, line);
  return null;
}

async function obey(client: Client, { words, verbose }: Invocation, params: ExecuteParams): Promise<number> {
  client.server.notices.forEach(say);
  let pressed = false;
  process.on('SIGINT', () => {
    if (pressed) process.exit(EXIT.interrupted);
    pressed = true;
    client.interrupt();
  });
  const executed = await client.request('execute', params);
  const status = await show(executed, params.line);
  if (status === 0 && verbose) {
    const stored = await client.request('execute', { ...params, line: readBack(words, params.group) });
    await print(encodeText(stored.output));
  }
  return status;
}

async function show({ output, checks, failure }: Executed, line: string): Promise<number> {
  if (output !== '') await print(encodeText(output));
  const failed = checks.filter(({ passed }) => !passed);
  for (const { text, found } of failed) {
    const said = text.startsWith('fails ') ? `${text}: ${found}` : `expect ${text}: it is ${found}`;
    tell({ kind: 'refused', message: said, why: '' });
  }
  if (failure === null) return failed.length > 0 ? 1 : 0;
  return tell({ ...failure, text: line });
}

/** Says why the line came to nothing, and answers the exit status. */
export function tell(
  error: Omit<RunError, 'errno' | 'file' | 'line' | 'column' | 'text'> & { column?: number; text?: string },
): number {
  process.stderr.write(errorText({ ...AT_NO_PLACE, ...error, file: '', line: 0 }));
  return EXIT[error.kind];
}

/** The same of a line that can't be read. */
export const tellMistake = ({ message, column }: Mistake, line: string): number =>
  tell({ kind: 'mistake', message, why: '', column, text: line });

/** The line that prints these files of a cgroup. */
export const getLine = (names: readonly string[], cgroup: string): string =>
  quote(['get', '-n', ...names.flatMap((name) => ['-r', name]), '--', cgroup]);

/** The line that shows what was stored by `write FILE TEXT` or `set CGROUP NAME=VALUE...`. */
function readBack([word, ...behind]: readonly string[], group: string): string {
  const [target, ...rest] = behind[0] === '--' ? behind.slice(1) : behind;
  const slash = target.lastIndexOf('/');
  const [cgroup, names] =
    word === 'set'
      ? [target, rest.map((each) => each.slice(0, each.indexOf('=')))]
      : [slash < 0 ? group : target.slice(0, slash) || '/', [target.slice(slash + 1)]];
  return getLine(names, cgroup);
}
