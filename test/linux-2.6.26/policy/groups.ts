import { PAGE_SIZE, pages } from '../../../src/kernel/units.ts';
import { policyNamed } from '../../../src/linux-2.6.26/policy/names.ts';
import type { MachineOptions, PolicyName } from '../../../src/machine/machine.ts';
import { boot, type Console } from '../../support/boot.ts';

/** Marks in pages, as `--limit --high --low` say them. */
export interface Wanted {
  readonly limit: number;
  readonly high: number;
  readonly low: number;
}

/** A machine of that policy with a task `t` in a cgroup `/a` that has these marks, in the policy's own knobs. */
export function bootGroup(
  policy: PolicyName,
  wanted: Wanted,
  options: Partial<MachineOptions> = {},
): Console {
  const sh = boot({ policy, ...options });
  sh.mkdir('/a');
  const { limit, high, low } = wanted;
  for (const { file, value } of policyNamed(policy).knobs({
    limit: pages(limit),
    high: pages(high),
    low: pages(low),
  })) {
    must(sh, `/a/${file}`, value);
  }
  sh.spawn('t', '/a');
  return sh;
}

export function must(sh: Console, path: string, text: string): void {
  const answer = sh.write(path, text);
  if (!answer.ok) throw new Error(`write ${path} ${text}: ${answer.errno} ${answer.why}`);
}

/** The errno of a write, or `ok`. */
export function answerOf(sh: Console, path: string, text: string): string {
  const answer = sh.write(path, text);
  return answer.ok ? 'ok' : answer.errno;
}

export const size = (count: number): string => `${count * PAGE_SIZE}`;
