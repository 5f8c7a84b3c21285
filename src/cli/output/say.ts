import { visibleText } from '../../kernel/visible.ts';
import { EXIT } from '../../script/result.ts';

/** Sentences of the program's own on stderr, and the exit statuses that go with them. */

export const say = (message: string): void => void process.stderr.write(`memcg: ${visibleText(message)}\n`);

/** On a terminal a line of progress may be there, which comes again below. */
export function sayAmid(message: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  say(message);
}

/** Says it, and answers the status. */
export function complain(message: string, status: number): number {
  say(message);
  return status;
}

/** Wrong usage. */
export function misuse(message: string): void {
  process.exitCode = complain(message, EXIT.mistake);
}
