import { count, decimal } from '../../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../../kernel/units.ts';
import { known } from '../../../report/rereads.ts';
import { escaped } from '../../../report/svg/text.ts';
import type { Figures } from '../../analysis/figures.ts';
import type { Findings } from '../../analysis/findings.ts';
import type { Rated } from '../../analysis/rated.ts';
import { regionText } from '../../analysis/regions.ts';
import { atLeast, mean, oneMark, policyName } from '../words.ts';

interface Column {
  readonly title: string;
  /** What it means, for who points at it. */
  readonly hint: string;
  readonly text: (rated: Rated) => string;
  readonly bad?: (figures: Figures) => boolean;
  readonly name?: boolean;
  /** Of a run that was stopped it would have grown. */
  readonly grows?: true;
}

const MIB = PAGE_SIZE / 2 ** 20;

/** Values are in the one unit that the title names: columns are read, and sorted, as numbers. */
function columns(rated: readonly Rated[]): Column[] {
  const longest = Math.max(...rated.map(({ figures }) => figures.stallMax));
  const stall = longest >= 1e8 ? { name: 'ms', ns: 1e6 } : { name: 'us', ns: 1e3 };
  const several = new Set(rated.map(({ marks }) => marks.policy)).size > 1;
  const some = (read: (figures: Figures) => number): boolean =>
    rated.some(({ figures }) => read(figures) > 0);
  const all: (Column | null)[] = [
    { title: 'rank', hint: 'by what was wanted', text: (each) => `${rated.indexOf(each) + 1}` },
    several
      ? { title: 'policy', hint: 'who reclaims', text: ({ marks }) => policyName(marks.policy), name: true }
      : null,
    {
      title: 'start at, M',
      hint: 'high: the reclaimer starts above it',
      text: ({ marks }) => decimal(marks.high * MIB, 1),
    },
    {
      title: 'of limit, %',
      hint: 'the same as a share of the limit',
      text: ({ marks }) => decimal(marks.limit > 0 ? (100 * marks.high) / marks.limit : 0, 2),
    },
    {
      title: 'stop at, M',
      hint: 'low: the reclaimer stops at it',
      text: ({ marks }) => (oneMark(marks.policy) === null ? decimal(marks.low * MIB, 1) : ''),
    },
    {
      title: 'waited, ms',
      hint: 'all stalls of one run together',
      grows: true,
      text: ({ figures }) => decimal(figures.stallTotal / 1e6, 1),
      bad: ({ stalls }) => stalls > 0,
    },
    {
      title: `longest, ${stall.name}`,
      hint: 'the longest of them',
      grows: true,
      text: ({ figures }) => (figures.stalls > 0 ? decimal(figures.stallMax / stall.ns, 1) : 'none'),
      bad: ({ stalls }) => stalls > 0,
    },
    {
      title: 'refaults',
      hint: 'pages that were read again after they had been reclaimed',
      grows: true,
      text: ({ figures }) => known(figures.refaults, mean),
    },
    {
      title: 'CPU, ms',
      hint: 'what the reclaimer took in one run',
      grows: true,
      text: ({ figures }) => (figures.passes === 0 ? 'none' : decimal(figures.cpu / 1e6, 1)),
    },
    {
      title: 'stalls',
      hint: 'charges that had to wait, in one run',
      grows: true,
      text: ({ figures }) => mean(figures.stalls),
      bad: ({ stalls }) => stalls > 0,
    },
    {
      title: `p99, ${stall.name}`,
      hint: '99 of 100 stalls were no longer',
      text: ({ figures: { stalls, stallP99, stopped } }) =>
        stopped !== null ? known(null) : stalls > 0 ? decimal(stallP99 / stall.ns, 1) : 'none',
      bad: ({ stalls }) => stalls > 0,
    },
    {
      title: 'wake-ups',
      hint: 'how often the reclaimer was woken',
      grows: true,
      text: ({ figures }) => mean(figures.wakeups),
    },
    {
      title: 'pages each',
      hint: 'what a wake-up brought',
      text: ({ figures: { wakeups, reclaimed } }) =>
        wakeups > 0 ? count(Math.round(reclaimed / wakeups)) : '0',
    },
    some(({ swapOut }) => swapOut)
      ? {
          title: 'swapped out',
          hint: 'pages written to swap',
          grows: true,
          text: ({ figures }) => mean(figures.swapOut),
        }
      : null,
    some(({ oomKills }) => oomKills)
      ? {
          title: 'OOM kills',
          hint: 'tasks killed for want of memory',
          grows: true,
          text: ({ figures }) => mean(figures.oomKills),
          bad: ({ oomKills }) => oomKills > 0,
        }
      : null,
    {
      title: 'done in, s',
      hint: 'virtual time from boot to the end',
      grows: true,
      text: ({ figures }) => decimal(figures.elapsed / 1e9, 2),
    },
  ];
  return all.filter((column) => column !== null);
}

/** All the trials that are shown, a line each, the best first. */
export function trialTable({ best, rated, front }: Findings, shown: readonly number[]): string {
  const all = columns(rated);
  const cell = (rated: Rated) => (column: Column) => {
    const kind = column.bad?.(rated.figures) ? ' class="bad-text"' : column.name ? ' class="name"' : '';
    const text = column.text(rated);
    return `<td${kind}>${escaped(column.grows ? atLeast(rated.figures, text) : text)}</td>`;
  };
  const rows = shown.map((i) => {
    const each = rated[i];
    const name = each === best ? ' class="best"' : '';
    const edge = front.includes(each) ? ' data-front' : '';
    const region = `<td class="name"><svg class="region"><use href="#f-${each.region}" class="r-${each.region}"/></svg>${regionText(each.region, each.marks.policy).title}</td>`;
    const [rank, ...others] = all.map(cell(each));
    return `<tr${name} data-t="${i}"${edge}>${rank}${region}${others.join('')}</tr>`;
  });
  const [rank, ...others] = all.map(({ title, hint, name }) => head(title, hint, name === true));
  const heads = [rank, head('what it does', 'the region of the map', true), ...others];
  return `<table><thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>`;
}

const head = (title: string, hint: string, name: boolean): string =>
  `<th scope="col"${name ? ' class="name"' : ''} title="${hint}"><button type="button" class="sort">${title}</button></th>`;
