import { encodeText } from '../kernel/text.ts';
import { quote } from '../script/words.ts';
import { type Client, connect } from '../session/client.ts';
import type { Executed, ExecuteParams } from '../session/protocol.ts';
import { SessionError } from '../session/session-error.ts';
import { boundedInput } from './input.ts';
import type { Invocation } from './invocation.ts';
import { chosenGroup, chosenSession } from './options/session.ts';
import { errorText } from './output/error-text.ts';
import { print } from './output/print.ts';

/**
 * A word of the language as a shell command: the argv is quoted into a line, which the session's server
 * obeys. This is what people wait for most often, so nothing is loaded here but the way to the server.
 */

const STATUS = { refused: 1, mistake: 2, world: 3, interrupted: 130 } as const;
const INTERRUPTED = 130;

/** Resolves with the exit status. */
export async function runLine(invocation: Invocation): Promise<number> {
  const chosen = chosenSession(invocation.session);
  if ('misused' in chosen) return complain(`memcg: ${chosen.misused}\n`, 2);
  const line = quote(invocation.words);
  try {
    const input = readsInput(invocation.words) ? await boundedInput(process.stdin) : null;
    if (input instanceof Error) return complain(`memcg: ${input.message}\n`, 2);
    const client = await clientFor(chosen.session, line);
    if (client === null) return STATUS.mistake;
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
    return complain(sessionErrorText(error), error.exit);
  }
}

/** `write FILE -`, also behind `fails`. */
const readsInput = (words: readonly string[]): boolean => words.at(-1) === '-' && words.includes('write');

/** null: the line is wrong, and no machine is booted for it. */
async function clientFor(session: string, line: string): Promise<Client | null> {
  try {
    return await connect({ session, boot: 'never' });
  } catch (error) {
    if (!(error instanceof SessionError) || error.kind !== 'no-server') throw error;
  }
  const { parseLine } = await import('../script/vocabulary.ts');
  const parsed = parseLine(line);
  if (parsed.kind !== 'mistake') return connect({ session, boot: 'if-needed' });
  const { message, column } = parsed.mistake;
  complain(errorText({ kind: 'mistake', message, why: '', file: '', line: 0, column, text: line }), 2);
  return null;
}

async function obey(client: Client, { words, verbose }: Invocation, params: ExecuteParams): Promise<number> {
  for (const notice of client.server.notices) process.stderr.write(`memcg: ${notice}\n`);
  let pressed = false;
  process.on('SIGINT', () => {
    if (pressed) process.exit(INTERRUPTED);
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
    complain(errorText({ ...AT_NO_PLACE, kind: 'refused', message: said, why: '', text: '' }), 1);
  }
  if (failure === null) return failed.length > 0 ? 1 : 0;
  return complain(errorText({ ...failure, file: '', line: 0, text: line }), STATUS[failure.kind]);
}

const AT_NO_PLACE = { file: '', line: 0, column: 0 } as const;

/** The line that shows what was stored by `write FILE TEXT` or `set CGROUP NAME=VALUE...`. */
function readBack([word, ...behind]: readonly string[], group: string): string {
  const [target, ...rest] = behind[0] === '--' ? behind.slice(1) : behind;
  const slash = target.lastIndexOf('/');
  const [cgroup, names] =
    word === 'set'
      ? [target, rest.map((each) => each.slice(0, each.indexOf('=')))]
      : [slash < 0 ? group : target.slice(0, slash) || '/', [target.slice(slash + 1)]];
  return quote(['get', '-n', ...names.flatMap((name) => ['-r', name]), '--', cgroup]);
}

/** For stderr. */
export const sessionErrorText = ({ message, why }: SessionError): string =>
  errorText({ ...AT_NO_PLACE, kind: 'world', message, why, text: '' });

function complain(text: string, status: number): number {
  process.stderr.write(text);
  return status;
}
