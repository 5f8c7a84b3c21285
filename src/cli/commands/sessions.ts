import { Command } from 'commander';
import { duration } from '../../kernel/numbers.ts';
import { columns } from '../../script/human.ts';
import { suggestion } from '../../script/nearest.ts';
import { listSessions } from '../../session/client.ts';
import { forgetFolder, sessionFolder } from '../../session/folders.ts';
import type { Status } from '../../session/protocol.ts';
import { definitionList } from '../help/definitions.ts';
import {
  json,
  jsonOption,
  onRunning,
  type SessionGiven,
  sessionCommand,
  sessionOption,
} from '../on-session.ts';
import { complain, misuse } from '../output/say.ts';

/** Which machines run: `memcg sessions`, `status` and `down`. None of them boots one. */

const NOT_RUNNING = 1;

export type StatusJson = Status | { session: string; running: false; pid: null };

interface Given {
  readonly json?: boolean;
}

export const sessions = (): Command =>
  new Command('sessions')
    .description('Lists all sessions of yours, also those that do not run; or forgets one of those.')
    .argument('[rm]', 'forget a session that does not run: its machine, its journal, its states')
    .argument('[name]', 'which')
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples\n  memcg sessions\n  memcg --session old down && memcg sessions rm old')
    .action(async (verb: string | undefined, name: string | undefined, { json: asJson }: Given) => {
      if (verb !== undefined) return forget(verb, name);
      const found = await listSessions();
      if (asJson) process.stdout.write(json(found));
      if (asJson || found.length === 0) return;
      const rows = found.map(({ session, pid, virtual_ns }) => [
        session,
        pid === null ? 'down' : 'running',
        pid === null ? '-' : `${pid}`,
        virtual_ns === null ? '-' : duration(virtual_ns),
      ]);
      const header = ['SESSION', 'STATE', 'PID', 'VIRTUAL'];
      process.stdout.write(columns(process.stdout.isTTY ? [header, ...rows] : rows, new Set([2, 3])));
    });

async function forget(verb: string, name: string | undefined): Promise<void> {
  if (verb !== 'rm' || name === undefined) return misuse('sessions takes nothing, or rm NAME');
  const found = await listSessions();
  const session = found.find((each) => each.session === name);
  if (session === undefined) {
    const near = suggestion(
      name,
      found.map((each) => each.session),
    );
    process.exitCode = complain(`there is no session ${name}${near}`, NOT_RUNNING);
  } else if (session.pid !== null)
    process.exitCode = complain(
      `session ${name} runs: memcg --session ${name} down ends it first`,
      NOT_RUNNING,
    );
  else forgetFolder(sessionFolder(name));
}

export const status = (): Command =>
  sessionCommand(
    'status',
    'Says whether the machine runs, since when and how fast. Never boots it: exit 1 when it does not run.',
    'memcg status --json',
  )
    .addOption(jsonOption())
    .addOption(sessionOption())
    .action((given: SessionGiven & { readonly json?: boolean }) =>
      onRunning(
        given,
        async (client) => {
          const found = await client.request('status', {});
          process.stdout.write(given.json ? json(found) : statusText(found));
        },
        (session) => {
          const nothing = `session ${session} is not running\n`;
          process.stdout.write(
            given.json ? json({ session, running: false, pid: null } satisfies StatusJson) : nothing,
          );
          return NOT_RUNNING;
        },
      ),
    );

/** For people. */
function statusText(found: Status): string {
  const pace = found.speed === 'max' ? 'as fast as it goes' : `${found.speed}x`;
  const lines = definitionList(
    [
      ['pid', `${found.pid}`],
      ['up for', duration(Math.round(found.uptime_ms) * 1e6)],
      ['virtual', `${duration(found.virtual_ns)}, ${found.paused ? 'paused' : pace}`],
      ['commands', `${found.commands}`],
      ['memory', `${(found.rss_bytes / 2 ** 20).toFixed(0)}M`],
      ['kept in', `${found.folder}${found.sync ? '' : ' (answers do not wait for the disk)'}`],
      ...(found.damage === null ? [] : [['damaged', found.damage] as const]),
    ],
    Number.POSITIVE_INFINITY,
  );
  return `session ${found.session} is running\n${lines.join('\n')}\n`;
}

export const down = (): Command =>
  sessionCommand('down', 'Ends the machine. One that does not run is left as it is.')
    .addOption(sessionOption())
    .action((given: SessionGiven) =>
      onRunning(
        given,
        async (client) => {
          await client.request('down', {});
          // The server closes the connection when it is gone: the next command boots a new one.
          await client.closed;
        },
        (session) => complain(`session ${session} is not running`, 0),
      ),
    );
