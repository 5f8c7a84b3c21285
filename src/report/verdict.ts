import { count, duration, size } from '../kernel/numbers.ts';
import { visible } from '../kernel/visible.ts';
import type { FailedExpectation, RunResult, Warning } from '../script/result.ts';
import { type Look, palette } from './look.ts';
import { hasUnknown, REREADS_UNKNOWN } from './rereads.ts';
import { paragraph } from './table.ts';

/** More would bury the rest of the report; `--json` has them all. */
const MOST_SHOWN = 20;
const MOST_WARNINGS = 3;

const place = ({ file, line, column }: { file: string; line: number; column: number }): string =>
  [visible(file), ...(line > 0 ? [line] : []), ...(line > 0 && column > 0 ? [column] : [])].join(':');

/** `4 expectations met`, `2 of 5 expectations failed`, empty when the script expected nothing. */
export function expectationSummary(run: RunResult, look: Look): string {
  const { passed, failed, omitted } = run.expectations;
  const wrong = failed.length + omitted;
  const all = passed + wrong;
  if (all === 0) return '';
  const noun = all === 1 ? 'expectation' : 'expectations';
  return wrong > 0
    ? palette(look.color).bad(`${count(wrong)} of ${count(all)} ${noun} failed`)
    : `${count(all)} ${noun} met`;
}

/** Where each failed expectation stands, what it expected and what was found. */
export function failedExpectations(run: RunResult, look: Look): string[] {
  const { failed, omitted } = run.expectations;
  const { bad, label } = palette(look.color);
  const shown = failed
    .slice(0, MOST_SHOWN)
    .flatMap((each) => [
      ...paragraph(`${bad('failed')} ${place(each)}`, look.width),
      ...paragraph(`${label('expected')}  ${visible(each.text)}`, look.width, '  '),
      ...paragraph(`${label('found')}     ${found(each)}`, look.width, '  '),
    ]);
  const rest = failed.length - Math.min(failed.length, MOST_SHOWN) + omitted;
  return rest > 0 ? [...shown, ...paragraph(`... and ${count(rest)} more failed`, look.width)] : shown;
}

/** What a run did not meet that was made to be compared with, in a sentence; null: nothing. */
export function missedSentence({ expectations: { failed, omitted } }: RunResult): string | null {
  const all = failed.length + omitted;
  if (all === 0) return null;
  const named = failed.slice(0, MOST_SHOWN).map((each) => `${visible(each.text)} (it is ${found(each)})`);
  const rest = all - named.length;
  const list = rest > 0 ? [...named, `${count(rest)} more`] : named;
  const [noun, verb] = all === 1 ? ['expectation', 'does'] : ['expectations', 'do'];
  return `${count(all)} ${noun} ${verb} not hold, which is what it is compared for: ${list.join(', ')}.`;
}

/** A size in bytes is also shown as one reads it. */
function found({ text, found: value }: FailedExpectation): string {
  const human = /_in_bytes/.test(text) && /^\d{4,}$/.test(value) ? size(BigInt(value)) : '';
  return human === '' ? visible(value) : `${value} (${human})`;
}

/** That re-reads are unknown, where they are. */
export const rereadsUnknown = ({ cgroups }: RunResult, look: Look): string[] =>
  hasUnknown(cgroups) ? paragraph(palette(look.color).mark(REREADS_UNKNOWN), look.width, '  ') : [];

/** Where a run ended early. The sentence why is for stderr, where errors go. */
export function endedEarly({ error }: RunResult, look: Look): string[] {
  if (error === null) return [];
  const { bad } = palette(look.color);
  const words = error.kind === 'interrupted' ? 'interrupted at' : 'ended early at';
  return paragraph(bad(`${words} ${place(error)}`), look.width, '  ');
}

/** The warnings about one cgroup; after the first few their number. */
export function warningLines(warnings: readonly Warning[], look: Look): string[] {
  const { mark } = palette(look.color);
  const shown = warnings
    .slice(0, MOST_WARNINGS)
    .flatMap(({ time, text }) =>
      paragraph(`${mark('warning')} at ${duration(time)}: ${visible(text)}`, look.width, '  '),
    );
  const rest = warnings.length - Math.min(warnings.length, MOST_WARNINGS);
  return rest > 0 ? [...shown, ...paragraph(`... and ${count(rest)} more like it`, look.width, '  ')] : shown;
}
