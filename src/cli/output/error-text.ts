import { visible } from '../../kernel/visible.ts';
import { showLine } from '../../script/mistake.ts';
import type { RunError } from '../../script/result.ts';
import type { SessionError } from '../../session/session-error.ts';

/** Why a run ended, for stderr: one sentence, then what helps. Ends with a newline. */
export function errorText(error: Omit<RunError, 'errno'>): string {
  const { kind, file, line, column, text } = error;
  const message = visible(error.message);
  const why = visible(error.why);
  const place = line === 0 ? '' : `${visible(file)}:${line}`;
  const lines: string[] = [];
  if (kind === 'mistake') {
    const at = place === '' ? '' : `${place}${column > 0 ? `:${column}` : ''}: `;
    lines.push(`memcg: ${at}${message}`, why, showLine(text, column));
  } else {
    lines.push(
      `memcg: ${message}`,
      why,
      place === '' ? '' : `  at ${place}${text === '' ? '' : `: ${visible(text.trim())}`}`,
    );
  }
  return `${lines.filter((each) => each !== '').join('\n')}\n`;
}

/** A place that is no line of a file. */
export const AT_NO_PLACE = { file: '', line: 0, column: 0, text: '' } as const;

/** Why a session does not answer. */
export const sessionErrorText = ({ message, why }: SessionError): string =>
  errorText({ ...AT_NO_PLACE, kind: 'world', message, why });
