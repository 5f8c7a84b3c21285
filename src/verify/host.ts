import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseMounts } from '../mount/host/mount-table.ts';
import { Mistake } from '../script/mistake.ts';
import { isSystemError, systemText } from '../script/script-files.ts';
import type { Failure } from '../script/world.ts';
import { type GuardOptions, guarded, writePlan } from './guard.ts';
import type { Plan } from './plan.ts';
import type { Results, RoundResults } from './results.ts';

/** A cgroup of this machine, of version 1 or 2, below the one that this program is in: made for a run, and removed. */

export interface HostGroup {
  readonly directory: string;
  readonly version: 1 | 2;
}

/** Its directory. Throws a Mistake if none may be made. */
function makeBelow({ directory: parent, version }: HostGroup): string {
  const directory = join(parent, `memcg-verify-${process.pid}`);
  try {
    mkdirSync(directory);
  } catch (error) {
    throw refusal(`no cgroup can be made in ${parent}`, error);
  }
  try {
    if (version === 2) writeFileSync(join(directory, 'cgroup.subtree_control'), '+memory');
  } catch (error) {
    rmdirSync(directory);
    throw refusal(`${parent} hands no memory controller down`, error);
  }
  return directory;
}

const refusal = (what: string, error: unknown): Mistake => {
  if (!isSystemError(error)) throw error;
  return new Mistake(
    `--on host: ${what} (${systemText(error)}): run it as root, or below a cgroup that is yours`,
    0,
  );
};

/** The cgroup of this process in the hierarchy that has the memory controller. Throws a Mistake if there is none. */
export function ownGroup(): HostGroup {
  const own = readFileSync('/proc/self/cgroup', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const mounts = parseMounts(readFileSync('/proc/self/mountinfo', 'utf8'));
  for (const version of [1, 2] as const) {
    const path = own.find(([id, controllers = '']) =>
      version === 1 ? controllers.split(',').includes('memory') : id === '0',
    )?.[2];
    const mount = mounts.find(({ type, options }) =>
      version === 1 ? type === 'cgroup' && options.includes('memory') : type === 'cgroup2',
    );
    if (path === undefined || mount === undefined) continue;
    // What is mounted may be a cgroup below the root.
    const directory = join(mount.directory, relative(mount.root, path));
    const controllers = join(directory, 'cgroup.controllers');
    if (
      version === 1
        ? existsSync(directory)
        : existsSync(controllers) && /\bmemory\b/.test(readFileSync(controllers, 'utf8'))
    )
      return { directory, version };
  }
  throw new Mistake('--on host: no memory controller of cgroups is mounted here', 0);
}

/** Carries out a plan in a group below that, and removes it. Throws a Mistake if none may be made. */
export async function runOnHost(
  plan: Plan,
  parent: HostGroup,
  options: GuardOptions,
): Promise<Results | Failure> {
  const directory = makeBelow(parent);
  try {
    const results = await guarded(options, (folder, { program }) => {
      writePlan(folder, plan);
      return { words: [program, 'host', folder, directory], environment: { memcg_group: directory } };
    });
    return 'rounds' in results && parent.version === 1 ? asVersion2(results) : results;
  } finally {
    if (existsSync(directory)) rmdirSync(directory);
  }
}

/**
 * The figures of version 1 by the names of version 2, as far as it has them. Its failcnt is none of them: it counts
 * charges, batch by batch.
 */
function asVersion2(results: Results): Results {
  const rounds = [...results.rounds].map(([name, round]): [string, RoundResults] => {
    const killed = (path: string): number =>
      [...round.files]
        .filter(([each]) => each === path || each.startsWith(`${path}/`))
        .reduce(
          (sum, [, own]) => sum + Number(/^oom_kill (\d+)/m.exec(own['memory.oom_control'] ?? '')?.[1] ?? 0),
          0,
        );
    const files = [...round.files].map(([path, own]): [string, Record<string, string>] => [
      path,
      {
        'memory.peak': own['memory.max_usage_in_bytes'] ?? '',
        'memory.stat': totalsOf(own['memory.stat'] ?? ''),
        'memory.events': `oom_kill ${killed(path)}`,
      },
    ]);
    return [name, { ...round, files: new Map(files) }];
  });
  return { ...results, rounds: new Map(rounds) };
}

/** Of the group and all below it. */
const totalsOf = (stat: string): string =>
  [...stat.matchAll(/^total_(.*)$/gm)].map(([, line]) => `${line}\n`).join('');
