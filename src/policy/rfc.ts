import type { Card } from './card.ts';

export const SERIES = 'the series "memcg: background reclaim (v1)" of May 2008';

/** The card of the series' own rule, as far as it is the same on every kernel: its marks are written as they are. */
export const RFC_CARD = {
  name: 'rfc',
  called: 'memcontd',
  about: 'a charge above high wakes a thread of the cgroup, memcontd, which reclaims down to low',
  reclaimer: 'memcontd',
  runs: 'when woken',
} as const satisfies Partial<Card>;
