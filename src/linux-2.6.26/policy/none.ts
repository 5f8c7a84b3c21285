import { limitKnob, type Policy } from './policy.ts';

/** The kernel without background reclaim. */
export const NONE = {
  name: 'none',
  about: 'nobody reclaims in the background: tasks that meet the limit free pages themselves',
  home: 'Linux 2.6.26',
  source: 'the kernel as it was before the series',
  reclaimer: 'memcontd',
  runs: 'never',
  start: null,
  stop: null,
  files: [],
  boot: 'boot-wmarks-off.memcg',
  knobs: (marks) => [limitKnob(marks)],
} as const satisfies Policy;
