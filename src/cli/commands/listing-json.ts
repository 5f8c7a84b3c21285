import { cgroupPath } from '../../script/paths.ts';
import type { Inspected } from '../../session/protocol.ts';
import type { Invocation } from '../invocation.ts';
import { json, lookingAt } from '../on-session.ts';
import { misuse } from '../output/say.ts';
import { within } from '../tables/cgroup-rows.ts';
import { statJson } from '../tables/stat-table.ts';
import { getJson } from './get-json.ts';

/** `ps --json`, `faults --json`, `tree [CGROUP] --json` and `get --json`: the words of the language that print a table. */
export async function listingJson(invocation: Invocation): Promise<void> {
  const { words, session } = invocation;
  const [word, cgroup, ...more] = words;
  if (word === 'get') return getJson(invocation);
  const show = LISTINGS[word];
  if (show === undefined)
    return misuse(`${word} prints no table: --json belongs to get, ps, tree, faults, stat, events ...`);
  if (more.length > 0 || (cgroup !== undefined && word !== 'tree'))
    return misuse(`'${more[0] ?? cgroup}' is one word too many: ${word} --json`);
  const given = session === null ? {} : { session };
  await lookingAt(given, async (client) => {
    process.stdout.write(json(show(await client.request('inspect', {}), cgroupPath(cgroup ?? '/'))));
  });
}

const LISTINGS: Readonly<Record<string, (found: Inspected, cgroup: string) => unknown>> = {
  faults: ({ faults }) => faults,
  ps: ({ tasks }) => tasks.filter(({ killed }) => !killed),
  tree: (found, top) => statJson({ ...found, cgroups: within(found.cgroups, top) }),
};
