import { duration } from '../../kernel/numbers.ts';
import { palette } from '../../report/look.ts';
import { quote } from '../../script/words.ts';
import type { Client } from '../../session/client.ts';
import type { Inspected } from '../../session/protocol.ts';
import { type Definition, definitionList } from '../help/definitions.ts';
import type { Invocation } from '../invocation.ts';
import { onRunning } from '../on-session.ts';
import { lookOfOutput } from '../output/look.ts';
import { statTable } from '../tables/stat-table.ts';

/** `memcg` alone: what is there, and what to try next. Boots nothing. */
export const landing = ({ session }: Invocation): Promise<void> =>
  onRunning(
    session === null ? {} : { session },
    async (client) => {
      process.stdout.write(whatIsThere(client, await client.request('inspect', {})));
    },
    (name) => {
      process.stdout.write(nothingYet(name));
      return 0;
    },
  );

const FIRST_STEPS: readonly Definition[] = [
  ['memcg write high_wmark_in_bytes 64M', 'where the reclaimer of /default starts'],
  ['memcg cat usage_in_bytes', 'what is charged to it'],
  ['memcg spawn reader', 'a task in /default'],
  ['memcg run reader stream data.img 512M', 'lets it read 512 MiB through the page cache'],
  ['memcg stat', 'what that cost'],
];
const MORE: readonly Definition[] = [
  ['memcg help', 'all commands'],
  ['memcg help memory.high', 'a file or a word that you know: what to type for it'],
];

function nothingYet(session: string): string {
  const { width, color } = lookOfOutput(null, true);
  const { title } = palette(color);
  const lines = [
    title('An emulated machine whose memory controller is that of a 2008 kernel patch'),
    '',
    `Session ${session} is not running. The first command boots it; try`,
    ...definitionList([...FIRST_STEPS, ...MORE], width, STEP_WIDTH),
  ];
  return `${lines.join('\n')}\n`;
}

const STEP_WIDTH = 39;

function whatIsThere({ server }: Client, found: Inspected): string {
  const { width, color } = lookOfOutput(null, true);
  const { title, label } = palette(color);
  const pace = found.paused ? 'paused' : found.speed === 'max' ? 'as fast as it goes' : `${found.speed}x`;
  const share = ({ stat }: Inspected['cgroups'][number]): number =>
    found.virtual_ns > 0 ? stat.bg_cpu_ns / found.virtual_ns : 0;
  const table = statTable(
    found.cgroups,
    share,
    { width: width - 2, color, header: true, raw: false },
    found.kernel,
  );
  const tasks = found.tasks.filter((task) => task.kind === 'task' && !task.killed && task.name !== 'sh');
  const lines = [
    `${title(`session ${server.session}`)}  ${label(`pid ${server.pid}, ${duration(found.virtual_ns)} of virtual time, ${pace}`)}`,
    '',
    ...table
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`),
    '',
    ...(tasks.length === 0
      ? ['No tasks.']
      : definitionList(
          tasks.map(({ name, cgroup, behaviour }) => [name, `in ${cgroup}, ${behaviour ?? 'idle'}`]),
          width,
        )),
    '',
    title('Next'),
    ...definitionList([...nextSteps(found, tasks), ...MORE], width, STEP_WIDTH),
  ];
  return `${lines.join('\n')}\n`;
}

function nextSteps({ paused }: Inspected, tasks: Inspected['tasks']): Definition[] {
  const idle = tasks.find(({ behaviour }) => behaviour === null);
  const busy = tasks.find(({ behaviour }) => behaviour !== null);
  return [
    ...(paused ? [['memcg resume', 'let virtual time go on'] as const] : []),
    ...(tasks.length === 0 ? [['memcg spawn reader', 'a task in /default'] as const] : []),
    ...(idle === undefined
      ? []
      : [[`memcg start ${quote([idle.name])} stream data.img 512M`, 'give it something to do'] as const]),
    ...(busy === undefined
      ? []
      : [[`memcg stop ${quote([busy.name])}`, `end what ${busy.name} does`] as const]),
    ['memcg top', 'watch it, go back in time, ask what if'],
    ['memcg events -f', 'what the reclaimer does, as it happens'],
  ];
}
