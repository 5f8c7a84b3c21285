import type { Execution } from '../execution.ts';
import { END, type Label, type Program, program } from '../program.ts';
import { INTERRUPTIBLE, RUNNING, V } from '../state.ts';
import { cssGet, cssPut } from './steps.ts';
import type { Variant } from './variant.ts';

/** Registers of a task: pages that it has yet to charge, and what the counter answered. */
const LEFT = 0;
const ANSWER = 1;
const BELOW_HIGH = 0;
const ABOVE_HIGH = 1;
const OVER_LIMIT = 2;

/** A task that charges pages: mem_cgroup_charge_common() of 3/4, and what it calls. */
export function charge(variant: Variant, reclaimable: boolean): Program {
  const posted = variant.has('charge-fallthrough');
  const early = variant.has('wake-before-charge');
  const next = (e: Execution): Label => {
    e.setRegister(ANSWER, 0);
    e.setRegister(LEFT, e.register(LEFT) - 1);
    return e.register(LEFT) > 0 ? 'css_get' : END;
  };
  return program(
    'task',
    [7, 2],
    [
      cssGet('css_get', 'css_get(&mem->css)', '3/4 @@ -558 mem_cgroup_charge_common()'),
      ...(early ? wakeUp('early') : []),
      {
        label: 'charge',
        text: 'res_counter_charge(&mem->res, PAGE_SIZE)',
        source: '2/4 res_counter_charge(), under counter->lock',
        reads: ['usage', 'high', 'limit', 'counterLock'],
        writes: ['usage', 'counterLock'],
        to: ['reclaim'],
        locked: true,
        when: (e) => e.state[V.counterLock] === 0,
        run(e) {
          const usage = e.load(V.usage) + 1;
          if (usage > e.load(V.limit)) {
            e.setRegister(ANSWER, OVER_LIMIT);
            return 'reclaim';
          }
          e.set(V.counterLock, 1);
          e.store(V.usage, usage);
          e.store(V.counterLock, 0);
          e.setRegister(ANSWER, usage > e.load(V.high) ? ABOVE_HIGH : BELOW_HIGH);
          return undefined;
        },
      },
      ...(variant.has('no-lru-lock') || variant.has('no-barrier') ? [] : [onLru()]),
      {
        label: 'thread',
        text: 'if (state > RES_BELOW_HIGH) ... if (!mem->daemon.thread) return',
        source: '3/4 @@ -609 and -374 mem_cgroup_schedule_reclaim()',
        reads: ['thread'],
        to: ['css_get', END],
        run: (e) =>
          early || e.register(ANSWER) !== ABOVE_HIGH || e.load(V.thread) === 0 ? next(e) : undefined,
      },
      ...wakeUp('late', next),
      {
        label: 'reclaim',
        text: 'try_to_free_mem_cgroup_pages(mem, gfp_mask)',
        source: '3/4 @@ -558 mem_cgroup_charge_common(); mm/vmscan.c',
        reads: ['usage', 'counterLock'],
        writes: ['usage', 'counterLock'],
        to: ['charge', 'out_of_memory', 'put_page', ...(posted ? ['css_get', END] : [])],
        locked: true,
        when: (e) => e.state[V.counterLock] === 0,
        run(e) {
          if (reclaimable && e.load(V.usage) > 0) {
            e.set(V.usage, e.load(V.usage) - 1);
            return 'put_page';
          }
          if (!posted) return 'out_of_memory';
          e.fail('uncharged-page');
          return next(e);
        },
      },
      cssPut(
        'put_page',
        'css_put(&mem->css) for the page that was freed',
        'mm/memcontrol.c mem_cgroup_uncharge_page()',
        'charge',
      ),
      {
        label: 'out_of_memory',
        text: 'mem_cgroup_out_of_memory(); css_put(&mem->css)',
        source: '3/4 @@ -558 mem_cgroup_charge_common()',
        // That there is one to give back.
        reads: ['refs'],
        adds: ['refs'],
        to: [END],
        locked: true,
        run(e) {
          e.put();
          e.setRegister(LEFT, 0);
          e.setRegister(ANSWER, 0);
          return END;
        },
      },
    ],
  );
}

const onLru = () => ({
  label: 'lru',
  text: 'spin_lock(&mz->lru_lock); the page goes on a list; unlock_page_cgroup()',
  source: '3/4 @@ -609 mem_cgroup_charge_common(): locked instructions between charge and wake-up',
  locked: true,
  run: (): undefined => undefined,
});

/** wake_up_interruptible() of whoever waits; `next` tells where the task goes then. */
function wakeUp(prefix: string, next: (e: Execution) => Label = () => 'charge') {
  const to = prefix === 'early' ? ['charge'] : ['css_get', END];
  return [
    {
      label: `${prefix}_active`,
      text: 'if (!waitqueue_active(&mem->daemon.waitq)) return',
      source: '3/4 @@ -374 mem_cgroup_schedule_reclaim(): no lock is held',
      reads: ['queued0', 'queued1'] as const,
      to,
      run: (e: Execution) => (e.load(V.queued0) + e.load(V.queued1) === 0 ? next(e) : undefined),
    },
    {
      label: `${prefix}_wake`,
      text: 'wake_up_interruptible(&mem->daemon.waitq)',
      source: 'kernel/sched.c __wake_up(), kernel/wait.c autoremove_wake_function()',
      reads: ['queued0', 'queued1', 'state0', 'state1', 'waitqLock'] as const,
      writes: ['queued0', 'queued1', 'state0', 'state1'] as const,
      to,
      locked: true,
      when: (e: Execution) => e.state[V.waitqLock] === 0,
      run(e: Execution) {
        for (const slot of [0, 1]) {
          if (e.load(V.queued0 + slot) === 0 || e.load(V.state0 + slot) !== INTERRUPTIBLE) continue;
          e.set(V.state0 + slot, RUNNING);
          e.set(V.queued0 + slot, 0);
        }
        return next(e);
      },
    },
  ];
}
