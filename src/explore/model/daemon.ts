import type { Execution } from '../execution.ts';
import { END, type Program, program, type Step } from '../program.ts';
import { ALIVE, RUNNING, UNINTERRUPTIBLE, V } from '../state.ts';
import { CLOSE, cssGet, mutexLock, mutexUnlock } from './steps.ts';
import type { Variant } from './variant.ts';

/** Register of a writer: the slot of the thread that it makes, and 1. */
const MADE = 0;

const START = '3/4 @@ -891 mem_cgroup_start_daemon()';

/**
 * Who writes high_wmark_in_bytes to a file that is open already, and closes it: mem_cgroup_write() of 3/4.
 * `afterRmdir`: not before rmdir has answered.
 */
export function writer(variant: Variant, afterRmdir = false): Program {
  const guarded = variant.has('cgroup-mutex');
  const unmutexed = variant.has('no-mutex');
  const refuses = variant.has('check-removed') || variant.has('dying-flag');
  const creator = variant.has('creator-reference');
  return program(
    'writer',
    [2],
    [
      {
        label: 'is_removed',
        text: 'if (!cft || cgroup_is_removed(cgrp)) return -ENODEV',
        source: 'kernel/cgroup.c cgroup_file_write()',
        reads: afterRmdir ? ['removed', 'answer'] : ['removed'],
        to: ['close'],
        when: (e) => !afterRmdir || e.state[V.answer] !== 0,
        run: (e) => (e.load(V.removed) === 1 ? 'close' : undefined),
      },
      ...(guarded ? underCgroupMutex() : []),
      ...(unmutexed ? [] : [mutexLock('daemonLock', 'lock', 'mutex_lock(&memcont_daemon_lock)', START)]),
      ...(refuses ? [refused(variant)] : []),
      {
        label: 'has_thread',
        text: 'if (!mem->daemon.thread)',
        source: START,
        reads: ['thread'],
        to: ['unlock'],
        run: (e) => (e.load(V.thread) !== 0 ? 'unlock' : undefined),
      },
      {
        label: 'create',
        text: 'kthread_create(): a thread that sleeps until it is woken',
        source: `${START}; kernel/kthread.c`,
        reads: ['life0', 'life1'],
        writes: ['life0', 'life1', 'state0', 'state1'],
        locked: true,
        run(e) {
          const alive = [0, 1].map((slot) => e.load(V.life0 + slot) === ALIVE);
          if (alive.includes(true)) e.fail('two-daemons');
          const slot = alive[0] ? 1 : 0;
          e.set(V.life0 + slot, ALIVE);
          e.set(V.state0 + slot, UNINTERRUPTIBLE);
          e.setRegister(MADE, slot + 1);
          return undefined;
        },
      },
      ...(creator ? [cssGet('creator_get', 'css_get(&mem->css) for the thread', `repair of ${START}`)] : []),
      {
        label: 'wake',
        text: 'kthread_run(): wake_up_process(k)',
        source: `${START}; include/linux/kthread.h`,
        writes: ['state0', 'state1'],
        locked: true,
        run(e) {
          e.set(V.state0 + e.register(MADE) - 1, RUNNING);
          return undefined;
        },
      },
      {
        label: 'set_thread',
        text: 'mem->daemon.thread = thr',
        source: START,
        writes: ['thread'],
        run(e) {
          e.store(V.thread, e.register(MADE));
          e.setRegister(MADE, 0);
          return undefined;
        },
      },
      unmutexed ? NO_MUTEX : mutexUnlock('daemonLock', 'unlock', 'mutex_unlock(&memcont_daemon_lock)', START),
      ...(guarded ? [mutexUnlock('cgroupMutex', 'cgroup_unlock', 'cgroup_unlock()', REPAIR)] : []),
      {
        label: 'write',
        text: 'res_counter_write(): high_wmark_in_bytes',
        source: '3/4 @@ -915 mem_cgroup_write(); 2/4 res_counter_write(), under counter->lock',
        reads: ['high', 'counterLock'],
        locked: true,
        when: (e) => e.state[V.counterLock] === 0,
        run(e) {
          e.load(V.high);
          return undefined;
        },
      },
      CLOSE,
    ],
  );
}

const refused = (variant: Variant): Step => ({
  label: 'refuse',
  text: variant.has('dying-flag')
    ? 'if (mem->daemon.dying) goto unlock'
    : 'if (cgroup_is_removed(cgrp)) goto unlock',
  source: `repair of ${START}`,
  reads: ['dying', 'removed'],
  to: ['unlock'],
  run: (e) => (e.load(variant.has('dying-flag') ? V.dying : V.removed) === 1 ? 'unlock' : undefined),
});

/** Of a mutant. */
const NO_MUTEX: Step = {
  label: 'unlock',
  text: '(there is no mutex)',
  source: START,
  locked: true,
  run: () => undefined,
};

const REPAIR = 'repair of 3/4 @@ -915 mem_cgroup_write()';

function underCgroupMutex(): Step[] {
  return [
    mutexLock('cgroupMutex', 'cgroup_lock', 'cgroup_lock()', REPAIR),
    {
      label: 'still_there',
      text: 'if (cgroup_is_removed(cgrp)) goto cgroup_unlock',
      source: REPAIR,
      reads: ['removed'],
      to: ['cgroup_unlock'],
      run: (e) => (e.load(V.removed) === 1 ? 'cgroup_unlock' : undefined),
    },
  ];
}

/** Who writes a size to a mark or the limit: res_counter_write() of 2/4. */
export function sizeWriter(mark: 'low' | 'high' | 'limit', size: number, variant: Variant): Program {
  const fits = (e: Execution): boolean => {
    if (mark === 'limit') return e.load(V.high) <= size;
    if (mark === 'high') return e.load(V.low) <= size && size <= e.load(V.limit);
    return size <= e.load(V.high);
  };
  const write: Step = {
    label: 'write',
    text: `${mark} = ${size}`,
    source: '2/4 res_counter_write(), under counter->lock',
    reads: ['low', 'high', 'limit'],
    writes: [mark],
    to: [END],
    locked: true,
    run(e) {
      if (variant.has('unlocked-counter') || fits(e)) e.set(V[mark], size);
      if (e.load(V.low) > e.load(V.high) || e.load(V.high) > e.load(V.limit)) e.fail('marks-out-of-order');
      return END;
    },
  };
  const check: Step = {
    label: 'check',
    text: `is ${size} allowed for ${mark}?`,
    source: 'mutant of 2/4 res_counter_write(): the lock is let go between',
    reads: ['low', 'high', 'limit'],
    to: [END],
    run: (e) => (fits(e) ? undefined : END),
  };
  return program(`writer of ${mark}`, [], variant.has('unlocked-counter') ? [check, write] : [write]);
}
