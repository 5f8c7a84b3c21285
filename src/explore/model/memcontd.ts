import type { Execution } from '../execution.ts';
import { type Program, program, type Step } from '../program.ts';
import { ALIVE, DEAD, INTERRUPTIBLE, RUNNING, type SharedName, UNINTERRUPTIBLE, V } from '../state.ts';
import { cssGet, cssPut } from './steps.ts';
import type { Variant } from './variant.ts';

export type Slot = 0 | 1;

/** What a kernel thread has of its own, and others reach too. */
const OWN = (['state', 'queued', 'life', 'freeze', 'frozen'] as const).map(
  (what) => [`${what}0`, `${what}1`] as const,
);
const [STATE, QUEUED, LIFE, FREEZE, FROZEN] = OWN;

/** Register: the way round the loop goes on to a pass. */
const PASS = 0;

const DAEMON = '3/4 @@ -891 mem_cgroup_reclaim_daemon()';

/**
 * A kernel thread: kthread() and mem_cgroup_reclaim_daemon(). `reclaimable`: a pass frees a page, as long as
 * there is one; `freezes`: there is a freezer.
 */
export function memcontd(slot: Slot, variant: Variant, reclaimable: boolean, freezes: boolean): Program {
  const [state, queued, life]: SharedName[] = [STATE[slot], QUEUED[slot], LIFE[slot]];
  const shouldStop = (e: Execution): boolean => e.load(V.stopK) === slot + 1;
  const free = (lock: SharedName) => (e: Execution) => e.state[V[lock]] === 0;
  const reversed = variant.has('condition-before-prepare');
  const stays = variant.has('no-finish-wait');
  const unlocked = variant.has('unlocked-state') || variant.has('no-barrier');
  const putsFirst = variant.has('put-before-stop');

  const birth: Step[] = [
    {
      label: 'kthread',
      text: 'kthread(): schedule() until it is woken',
      source: 'kernel/kthread.c kthread()',
      reads: [life, state],
      when: (e) => e.load(V[life]) === ALIVE && e.load(V[state]) === RUNNING,
      run: () => undefined,
    },
    {
      label: 'early_stop',
      text: 'if (!kthread_should_stop()) threadfn(data)',
      source: 'kernel/kthread.c kthread()',
      reads: ['stopK'],
      to: ['exit'],
      run: (e) => (shouldStop(e) ? 'exit' : undefined),
    },
    variant.has('creator-reference')
      ? {
          label: 'css_get',
          text: '(its creator has taken the reference)',
          source: DAEMON,
          locked: true,
          run: () => undefined,
        }
      : cssGet('css_get', 'css_get(&mem->css)', DAEMON),
  ];
  const loop: Step = {
    label: 'loop',
    text: 'while (!kthread_should_stop())',
    source: DAEMON,
    reads: ['stopK'],
    to: [putsFirst ? 'exit' : 'put'],
    run: (e) => (shouldStop(e) ? (putsFirst ? 'exit' : 'put') : undefined),
  };
  const prepare: Step[] = [
    {
      label: 'prepare',
      text: 'prepare_to_wait(): __add_wait_queue()',
      source: `${DAEMON}; kernel/wait.c, under q->lock`,
      reads: ['waitqLock'],
      writes: ['waitqLock', queued],
      locked: true,
      when: free('waitqLock'),
      run(e) {
        e.set(V.waitqLock, 1);
        e.store(V[queued], 1);
        return undefined;
      },
    },
    {
      label: 'set_state',
      text: 'prepare_to_wait(): set_current_state(TASK_INTERRUPTIBLE)',
      source: `${DAEMON}; kernel/wait.c: xchg(), then q->lock is let go`,
      writes: [state, 'waitqLock'],
      to: ['recheck'],
      locked: true,
      run(e) {
        e.set(V[state], INTERRUPTIBLE);
        e.store(V.waitqLock, 0);
        return reversed ? 'recheck' : undefined;
      },
    },
  ];
  const condition: Step = {
    label: 'state',
    text: 'if (res_counter_state(&mem->res) == RES_BELOW_LOW)',
    source: `${DAEMON}; 2/4 res_counter_state(), ${unlocked ? 'without' : 'under'} counter->lock`,
    reads: ['usage', 'low', 'counterLock'],
    to: [reversed ? 'prepare' : 'recheck', 'running'],
    locked: !unlocked,
    when: (e) => unlocked || e.state[V.counterLock] === 0,
    run(e) {
      const below = e.load(V.usage) <= e.load(V.low);
      e.setRegister(PASS, below ? 0 : 1);
      if (!below) return 'running';
      return reversed ? 'prepare' : 'recheck';
    },
  };
  const sleep: Step[] = [
    {
      label: 'recheck',
      text: variant.has('one-should-stop') ? '(it does not ask again)' : 'if (!kthread_should_stop())',
      source: DAEMON,
      reads: ['stopK'],
      to: ['running'],
      run: (e) => (!variant.has('one-should-stop') && shouldStop(e) ? 'running' : undefined),
    },
    {
      label: 'schedule',
      text: 'schedule()',
      source: `${DAEMON}; it sleeps until its state is TASK_RUNNING`,
      reads: [state],
      when: (e) => e.load(V[state]) === RUNNING,
      run: () => undefined,
    },
    ...(freezes ? refrigerator(slot) : []),
  ];
  const finish: Step[] = [
    {
      label: 'running',
      text: 'finish_wait(): __set_current_state(TASK_RUNNING)',
      source: `${DAEMON}; kernel/wait.c: a plain store`,
      writes: stays ? [] : [state],
      to: ['pass'],
      run(e) {
        if (stays && e.register(PASS) === 1) return 'pass';
        if (!stays) e.store(V[state], RUNNING);
        return undefined;
      },
    },
    {
      label: 'careful',
      text: 'finish_wait(): if (!list_empty_careful(&wait->task_list))',
      source: 'kernel/wait.c, no lock is held',
      reads: [queued],
      to: ['loop', 'pass'],
      run(e) {
        if (e.load(V[queued]) === 1) return undefined;
        return e.register(PASS) === 1 ? 'pass' : 'loop';
      },
    },
    {
      label: 'unqueue',
      text: 'finish_wait(): list_del_init(&wait->task_list)',
      source: 'kernel/wait.c, under q->lock',
      reads: ['waitqLock'],
      writes: [queued],
      to: ['loop', 'pass'],
      locked: true,
      when: free('waitqLock'),
      run(e) {
        e.set(V[queued], 0);
        return e.register(PASS) === 1 ? 'pass' : 'loop';
      },
    },
  ];
  const pass: Step[] = [
    {
      label: 'pass',
      text: reclaimable
        ? 'try_to_free_mem_cgroup_pages(): a page is freed, yield()'
        : 'try_to_free_mem_cgroup_pages(): nothing can be freed, yield()',
      source: `${DAEMON}; mm/vmscan.c, res_counter_uncharge()`,
      reads: ['usage', 'counterLock'],
      writes: ['usage'],
      to: ['loop'],
      locked: true,
      when: free('counterLock'),
      run(e) {
        e.setRegister(PASS, 0);
        const usage = e.load(V.usage);
        if (!reclaimable || usage === 0) return 'loop';
        e.set(V.usage, usage - 1);
        return undefined;
      },
    },
    cssPut(
      'put_page',
      'css_put(&mem->css) for the page that was freed',
      'mm/memcontrol.c mem_cgroup_uncharge_page()',
      'loop',
    ),
  ];
  const put: Step = cssPut('put', 'css_put(&mem->css)', DAEMON);
  const exit: Step = {
    label: 'exit',
    text: 'if (kthread_should_stop()) complete(&kthread_stop_info.done)',
    source: 'kernel/kthread.c kthread()',
    reads: ['stopK', queued],
    writes: ['stopDone', life],
    to: ['kthread'],
    locked: true,
    run(e) {
      if (e.state[V[queued]] === 1) e.fail('stale-waiter');
      if (shouldStop(e)) e.set(V.stopDone, 1);
      e.set(V[life], DEAD);
      return 'kthread';
    },
  };
  return program(
    'memcontd',
    [1],
    [
      ...birth,
      ...(variant.has('put-before-stop')
        ? [
            { ...put, label: 'loop' },
            { ...loop, label: 'asks' },
          ]
        : [loop]),
      ...(reversed ? [condition, ...prepare] : [...prepare, condition]),
      ...sleep,
      ...finish,
      ...pass,
      put,
      exit,
    ],
    true,
  );
}

/** try_to_freeze(), and refrigerator() of kernel/power/process.c. */
function refrigerator(slot: Slot): Step[] {
  const [state, freeze, frozen]: SharedName[] = [STATE[slot], FREEZE[slot], FROZEN[slot]];
  return [
    {
      label: 'freezing',
      text: 'try_to_freeze(): if (freezing(current))',
      source: `${DAEMON}; include/linux/freezer.h`,
      reads: [freeze],
      to: ['running'],
      run: (e) => (e.load(V[freeze]) === 0 ? 'running' : undefined),
    },
    {
      label: 'frozen',
      text: 'refrigerator(): PF_FROZEN is set, TIF_FREEZE cleared, TASK_UNINTERRUPTIBLE',
      source: 'kernel/power/process.c refrigerator(), under task_lock()',
      writes: [freeze, frozen, state],
      locked: true,
      run(e) {
        e.set(V[frozen], 1);
        e.set(V[freeze], 0);
        e.set(V[state], UNINTERRUPTIBLE);
        return undefined;
      },
    },
    {
      label: 'thawed',
      text: 'refrigerator(): until PF_FROZEN is cleared',
      source: 'kernel/power/process.c refrigerator()',
      reads: [frozen],
      when: (e) => e.load(V[frozen]) === 0,
      run: () => undefined,
    },
  ];
}
