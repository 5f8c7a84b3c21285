/** What must never happen, by name, and what it says to a person. */
export const PROPERTIES = {
  'use-after-free': 'a thread touches a mem_cgroup that mem_cgroup_destroy() has freed',
  'outlives-its-cgroup': 'memcontd goes on after its cgroup was removed: nobody can stop it any more',
  'two-daemons': 'a cgroup has two memcontd at once',
  'double-put': 'css_put() of a reference that nobody holds',
  'leaked-reference': 'a reference of the cgroup stays behind: rmdir answers EBUSY for ever',
  'stale-waiter': 'memcontd ends while its wait entry, which stands on its stack, is on the queue',
  'mutex-misuse': 'a mutex is unlocked by one who does not hold it',
  'above-limit': 'usage is above the limit',
  'uncharged-page': 'a page is taken that was charged to nobody',
  'marks-out-of-order': 'low <= high <= limit does not hold',
  'lost-wake-up': 'memcontd sleeps, usage is above high, and nobody is left to wake it',
  'without-its-daemon': 'high was written and the cgroup lives on, but it has no memcontd',
  'never-returns': 'a thread waits for what never comes',
  'never-frozen': 'the freezer waits for a thread that never looks',
} as const;

export type PropertyName = keyof typeof PROPERTIES;

export const PROPERTY_NAMES = Object.keys(PROPERTIES) as PropertyName[];

/** As a state bears it: 0 is none. */
export const numberOf = (property: PropertyName): number => PROPERTY_NAMES.indexOf(property) + 1;
