import { EXIT, type StepEnd } from '../../kernel/sched.ts';
import { UNSET_PAGES } from '../../kernel/units.ts';
import { memcgOf } from '../../mm/memcgs.ts';
import { type Card, type Knob, sizeKnob, type WantedMarks } from '../../policy/card.ts';
import { startDaemon } from '../daemon.ts';
import type { ControlFile, MemCgroup, Mm, Rule, Task } from '../types.ts';

/** A card of a rule that runs on this kernel. */
export interface Policy extends Card<ControlFile>, Rule {}

export const limitKnob = ({ limit }: WantedMarks): Knob => sizeKnob('limit_in_bytes', limit);

/** After a knob or the limit was written: new marks, and the thread if there is to be one. */
export function placeMarks(mm: Mm, memcg: MemCgroup): void {
  const { rule } = mm.kernel;
  if (rule.marks === undefined) return;
  const { res } = memcg;
  const marks = rule.marks(memcg);
  res.highPages = marks?.start ?? UNSET_PAGES;
  res.lowPages = marks?.stop ?? UNSET_PAGES;
  const name = rule.thread?.(memcg) ?? null;
  if (name !== null) startDaemon(mm, memcg, name);
  rule.marked?.(mm, memcg);
}

/** One step of a cgroup's reclaimer. */
export const reclaimerStep = (mm: Mm, thread: Task): StepEnd =>
  mm.kernel.rule.step?.(mm, thread, memcgOf(mm, thread.reclaims)) ?? EXIT;
