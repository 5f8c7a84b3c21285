import { withoutNewline } from './control-file.ts';
import { join } from './paths.ts';
import type { CgroupResult } from './result.ts';
import type { Sampler } from './sampler.ts';
import type { TheMachine } from './world.ts';

/** Everything a result tells of one cgroup. */
export function cgroupResult(machine: TheMachine, sampler: Sampler, path: string): CgroupResult {
  const names = machine.list(path);
  const files = (names.ok ? names.value : []).flatMap(({ name, directory }) => {
    const content = directory ? null : machine.read(join(path, name));
    return content?.ok ? [[name, withoutNewline(content.value)]] : [];
  });
  return {
    path,
    files: Object.fromEntries(files),
    stat: machine.reclaimStat(path),
    usage: machine.usage(path),
    history: sampler.history(path),
  };
}
