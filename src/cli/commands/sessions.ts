import { Command } from 'commander';
import { duration } from '../../kernel/numbers.ts';
import { columns } from '../../script/human.ts';
import { listSessions } from '../../session/client.ts';
import { json, jsonOption } from '../on-session.ts';

/** `memcg sessions` */
export function command(): Command {
  return new Command('sessions')
    .description('Lists all sessions of yours, also those that do not run.')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample\n  memcg sessions')
    .action(async ({ json: asJson }: { readonly json?: boolean }) => {
      const sessions = await listSessions();
      if (asJson) {
        process.stdout.write(json(sessions));
        return;
      }
      if (sessions.length === 0) return;
      const rows = sessions.map(({ session, pid, virtual_ns }) => [
        session,
        pid === null ? 'down' : 'running',
        pid === null ? '-' : `${pid}`,
        virtual_ns === null ? '-' : duration(virtual_ns),
      ]);
      const header = ['SESSION', 'STATE', 'PID', 'VIRTUAL'];
      process.stdout.write(columns(process.stdout.isTTY ? [header, ...rows] : rows, new Set([2, 3])));
    });
}
