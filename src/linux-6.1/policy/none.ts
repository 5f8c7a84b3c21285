import { maxKnob, type Policy } from './policy.ts';

/** The kernel as it is: nobody reclaims in the background, and no mark is set but the limit. */
export const NONE = {
  name: 'none',
  about: 'nobody reclaims in the background: tasks that meet the limit free pages themselves',
  home: 'Linux 6.1',
  source: 'the kernel as it is',
  reclaimer: 'memory.reclaim',
  runs: 'never',
  start: null,
  stop: null,
  files: [],
  boot: 'boot-linux-6.1.memcg',
  knobs: (marks) => [maxKnob(marks)],
} as const satisfies Policy;
