import { ABOUT_ERRATA } from '../../machine/machine.ts';

/** Ways in which the code of the model differs from the patch as posted. */

/** Wrong on purpose: each must be caught, by one of the properties that are named. */
export const MUTANTS = {
  'condition-before-prepare': 'memcontd reads the state before prepare_to_wait()',
  'one-should-stop': 'memcontd does not ask kthread_should_stop() again before schedule()',
  'no-mutex': 'mem_cgroup_start_daemon() goes without memcont_daemon_lock',
  'put-before-stop': 'memcontd gives its reference back each time before it asks whether to stop',
  'thread-not-cleared': 'mem_cgroup_stop_daemon() leaves daemon.thread as it is',
  'no-finish-wait': 'memcontd stays on the wait queue, TASK_INTERRUPTIBLE, while it reclaims',
  'wake-before-charge': 'the charge looks for the reclaimer before it has raised the usage',
  'unlocked-counter': 'a size is checked, and written later, without the lock of the counter',
  'unlock-twice': 'mem_cgroup_stop_daemon() unlocks its mutex twice',
  'no-barrier':
    'memcontd reads the usage without the lock of the counter, and no locked instruction stands between a charge and its look at the wait queue',
} as const;

/** Errors of the posting that people knew of. (start-after-rmdir is in it: its programs are as posted.) */
export const MODEL_ERRATA = {
  'charge-fallthrough': ABOUT_ERRATA['charge-fallthrough'],
  'force-empty-ref-leak': ABOUT_ERRATA['force-empty-ref-leak'],
} as const;

/** Repairs of what is wrong in the posting. */
export const FIXES = {
  'creator-reference': 'who starts memcontd takes its reference, before the thread runs',
  'check-removed': 'mem_cgroup_start_daemon() looks for CGRP_REMOVED under memcont_daemon_lock',
  'cgroup-mutex': 'the write of high takes cgroup_mutex, looks for CGRP_REMOVED, then starts memcontd',
  'dying-flag':
    'mem_cgroup_stop_daemon() leaves a mark under memcont_daemon_lock, and nobody starts memcontd where it stands; rmdir takes it off when it is refused',
} as const;

/** Half of a mutant each, and no worse than the patch: shown to hold. */
export const HARMLESS = {
  'unlocked-state': 'memcontd reads the usage without the lock of the counter',
  'no-lru-lock': 'between the charge and the look at the wait queue no locked instruction stands',
} as const;

export type HarmlessName = keyof typeof HARMLESS;
export type MutantName = keyof typeof MUTANTS;
export type ModelErratum = keyof typeof MODEL_ERRATA;
export type FixName = keyof typeof FIXES;

/** What of all these is in force. */
export type Variant = ReadonlySet<MutantName | HarmlessName | ModelErratum | FixName>;
