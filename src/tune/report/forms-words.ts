import type { Application } from '../../machine/kernels.ts';
import { known } from '../../report/rereads.ts';
import { ownApplications } from '../analysis/apply.ts';
import type { Rated } from '../analysis/rated.ts';
import { reclaimsInTasks } from '../analysis/regions.ts';
import type { RatedForm } from '../analysis/written.ts';
import type { Sweep } from '../sweep.ts';
import { failure, marksText, mean, priceText, waits } from './words.ts';

/** What came of marks as they are written down, in figures. */
function formFigures({ form, figures, held, of }: RatedForm): string {
  if (figures.errors > 0 || figures.oomKills > 0) return `it fails: ${failure(figures)}`;
  const cpu = reclaimsInTasks(form.policy) ? [] : [priceText(figures)];
  const again = `${known(figures.refaults, mean)} refaults`;
  const days = of === 0 ? [] : [`holds in ${held} of ${of} runs that differ a little`];
  return [waits(figures), again, ...cpu, ...days].join(', ');
}

/** Beside what is to be typed. */
const formText = (written: RatedForm, best: Rated): string =>
  `Replayed as it stands here: ${formFigures(written)}. ${betterText(written, best)}${written.form.note}`;

/** A form under another rule may do what the recommended marks can't. */
const betterText = ({ form, figures }: RatedForm, best: Rated): string =>
  form.policy !== best.marks.policy && figures.stalls === 0 && best.figures.stalls > 0
    ? `That is better than what is recommended: 'memcg tune --policy ${form.policy}' looks there. `
    : '';

/** What to type: the marks as they were tried, and the forms that do what these do, with what came of each. */
export const toType = (sweep: Sweep, best: Rated, written: readonly RatedForm[]): Application[] => [
  ...ownApplications(sweep, best.marks),
  ...written.filter(({ holds }) => holds).map((each) => ({ ...each.form, note: formText(each, best) })),
];

export const NOT_TO_BE_HAD = 'what does not do the same: there is no such way of having these marks';

/** Of what can't be had: whom it would be written for, and what came of it; those that are one to the kernel together. */
export function noFormTexts(written: readonly RatedForm[]): string[] {
  const all = written.filter(({ holds }) => !holds);
  const texts = all.map(({ form }) => form.title.replace(/^to apply it /, ''));
  const found = new Map<string, string[]>();
  for (const [i, each] of all.entries()) {
    const { marks, policy } = each.form;
    const comes = `${marksText({ ...marks, policy })}: ${formFigures(each)}`;
    found.set(comes, [...(found.get(comes) ?? []), texts[i]]);
  }
  return [...found].map(([comes, whose]) => `${whose.join('; ')}: ${comes}`);
}
