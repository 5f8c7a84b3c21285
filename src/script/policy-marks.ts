import { bytesOf, type Pages, pages } from '../kernel/units.ts';
import { POLICIES, type PolicyName } from '../machine/machine.ts';

/**
 * "Reclaim starts above HIGH and stops at LOW, under LIMIT" in the knobs of each
 * policy: so that one pair of marks can be tried under any rule.
 */

/** low <= high <= limit, pages. */
export interface WantedMarks {
  readonly limit: Pages;
  readonly high: Pages;
  readonly low: Pages;
}

/** A control file by its full name, and the text to write. */
export interface Knob {
  readonly file: string;
  readonly value: string;
}

/**
 * The writes that set these marks on a fresh cgroup, in an order that its rules allow, the limit among them.
 * Sizes are exact but for `alinux`, whose units are per cent and 1/10,000 of the limit: high goes to the
 * nearest per cent (1 to 100), and from there low to the nearest 1/10,000 (1 to 1,000 below high: a gap of a
 * tenth of the limit at most). `memory.high` has no low, `none` neither: what a policy lacks is left out.
 */
export function knobsFor(policy: PolicyName, marks: WantedMarks): Knob[] {
  return [...(policy === 'rfc' ? [] : [limitOf(marks)]), ...KNOBS[policy](marks)];
}

/** How many marks under the limit a policy lets one choose. */
export const FREE_MARKS: Readonly<Record<PolicyName, 0 | 1 | 2>> = {
  rfc: 2,
  none: 0,
  alinux: 2,
  kswapd2011: 2,
  'memory.high': 1,
  'reclaim-loop': 2,
};

/** The policy of that name; undefined: there is none. */
export const policyOf = (name: string): PolicyName | undefined => POLICIES.find((each) => each === name);

const knob = (name: string, value: number | bigint): Knob => ({ file: `memory.${name}`, value: `${value}` });
const bytes = (name: string, count: Pages): Knob => knob(name, bytesOf(count));
const limitOf = ({ limit }: WantedMarks): Knob => bytes('limit_in_bytes', limit);
const distance = (name: string, limit: Pages, mark: Pages): Knob =>
  knob(name, bytesOf(limit) - bytesOf(mark));

const KNOBS: Readonly<Record<PolicyName, (marks: WantedMarks) => Knob[]>> = {
  rfc: (marks) => [
    bytes('low_wmark_in_bytes', marks.low),
    bytes('high_wmark_in_bytes', marks.high),
    limitOf(marks),
  ],
  none: () => [],
  alinux: ({ limit, high, low }) => {
    const ratio = nearest((100 * high) / limit, 1, 100);
    const scale = nearest(100 * ratio - (10_000 * low) / limit, 1, 1000);
    return [knob('wmark_ratio', ratio), knob('wmark_scale_factor', scale)];
  },
  // Its low is where it starts. It wants high before low, and the two to differ.
  kswapd2011: ({ limit, high, low }) => {
    const stop = pages(Math.max(1, Math.min(low, high - 1)));
    return [
      distance('high_wmark_distance', limit, stop),
      distance('low_wmark_distance', limit, high > stop ? high : limit),
    ];
  },
  'memory.high': ({ high }) => [bytes('high', high)],
  'reclaim-loop': ({ high, low }) => [bytes('reclaim_loop.start', high), bytes('reclaim_loop.target', low)],
};

const nearest = (value: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(value)));
