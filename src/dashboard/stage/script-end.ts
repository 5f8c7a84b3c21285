import { count } from '../../kernel/numbers.ts';
import type { RunResult } from '../../script/result.ts';

/** How a script ended, in a line. */
export function scriptEnd({ error, expectations }: RunResult): string {
  if (error !== null) {
    const place = [error.file, ...(error.line > 0 ? [error.line] : [])].join(':');
    const why = error.why === '' ? '' : `: ${error.why}`;
    return `${place}: ${error.message}${why}`;
  }
  const { passed, failed, omitted } = expectations;
  const wrong = failed.length + omitted;
  if (passed + wrong === 0) return 'the script has ended';
  if (wrong === 0) return `the script has ended: all ${count(passed)} expectations met`;
  const [first] = failed;
  const example = first === undefined ? '' : `, first ${first.file}:${first.line}: ${first.text}`;
  return `the script has ended: ${count(wrong)} of ${count(passed + wrong)} expectations failed${example}`;
}
