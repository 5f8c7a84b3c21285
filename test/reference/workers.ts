import type { Slice, Step } from '../support/workers.ts';
import { newSched, runOneEvent, type StepEnd, sleepOn, wakeUp, wakeUpNewThread } from './sched.ts';
import { newThread, setUserNice, type Thread } from './thread.ts';

/** By their numbers in src/kernel/sched.ts. */
const ENDS: readonly StepEnd[] = ['go-on', 'may-preempt', 'yield', 'block', 'exit'];

/** Who runs when, of threads that do these steps one after the other and exit, under the naive scheduler. */
export function naiveSlices(
  cpus: number,
  costs: readonly [contextSwitch: number, wakeLatency: number],
  scripts: readonly { readonly nice: number; readonly steps: readonly Step[] }[],
): Slice[] {
  const sched = newSched<Thread>(cpus, ...costs);
  const left = new Map<Thread, Step[]>();
  const slices: Slice[] = [];
  const step = (thread: Thread): StepEnd => {
    const { cost, end, sleep, wokenAtOnce } = left.get(thread)?.shift() ?? { cost: 0, end: 4 };
    slices.push({ pid: thread.pid, cpu: thread.cpu, from: sched.now, to: sched.now + cost });
    sched.cost += cost;
    if (ENDS[end] !== 'block') return ENDS[end];
    sleepOn(sched, thread, 'interruptible', sleep === undefined ? null : sched.now + cost + sleep);
    if (wokenAtOnce === true) wakeUp(sched, thread);
    return 'block';
  };
  for (const [i, { nice, steps }] of scripts.entries()) {
    const thread = newThread(i + 1);
    setUserNice(thread, nice);
    left.set(thread, [...steps]);
    wakeUpNewThread(sched, thread);
  }
  const host = { step, deviceTimer: () => undefined, exited: () => undefined };
  while (runOneEvent(sched, host, Infinity));
  return slices;
}
