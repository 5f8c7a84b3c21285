import { ratesSince } from '../script/history/counts.ts';
import type { CgroupResult, RunResult, Warning } from '../script/result.ts';
import { type Health, healthOf } from './health.ts';

/** Of a CPU over the whole run: a reclaimer that spun for less is told of, and is not the matter. */
const SPUN = 0.05;

/** How a cgroup fared in a run that is over: in a word, why, and what to try. */
export function runHealth(cgroup: CgroupResult, run: RunResult): Health {
  const { path, stat } = cgroup;
  const now = run.virtualNs;
  const warning = run.warnings.findLast((each) => each.cgroup === path);
  const rates = ratesSince({ time: 0, counted: null }, cgroup, now);
  const spun = warning !== undefined && rates.reclaimerCpu >= SPUN;
  const victim = run.tasks.findLast((task) => task.killed && task.cgroup === path);
  return healthOf({
    look: spun ? asItSpun(cgroup, warning) : cgroup,
    rates,
    remembered: {
      failure: -1,
      stall: -1,
      kill: stat.oom_kills > 0 ? now : -1,
      victim: victim?.name ?? 'a task',
      warning: warning?.time ?? -1,
      floor: warning?.floor ?? -1,
    },
    now,
    hasReclaimer: run.options?.reclaimd ?? true,
    isOver: true,
  });
}

/** With the marks and the usage that it had then: the script may have set others since. */
function asItSpun(cgroup: CgroupResult, { time, floor }: Warning): CgroupResult {
  const { usage, history, stat } = cgroup;
  const marks = history.marks.findLast((each) => each.time <= time) ?? usage;
  const [low, high, limit] = [marks.low ?? usage.low, marks.high ?? usage.high, marks.limit ?? usage.limit];
  return {
    ...cgroup,
    stat: { ...stat, bg_state: 'spinning' },
    usage: { ...usage, usage: floor, low, high, limit },
  };
}
