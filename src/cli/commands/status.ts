import { Command } from 'commander';
import { duration } from '../../kernel/numbers.ts';
import { connect } from '../../session/client.ts';
import type { Status } from '../../session/protocol.ts';
import { SessionError } from '../../session/session-error.ts';
import { definitionList } from '../help/definitions.ts';
import { sessionErrorText } from '../line.ts';
import { json, jsonOption, misuse, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenSession } from '../options/session.ts';

const NOT_RUNNING = 1;

/** `memcg status` */
export function command(): Command {
  return new Command('status')
    .description(
      'Says whether the machine runs, since when and how fast. Never boots it: exit 1 when it does not run.',
    )
    .addOption(jsonOption())
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg status --json')
    .action(status);
}

async function status(given: SessionGiven & { readonly json?: boolean }): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  const { session } = chosen;
  try {
    const client = await connect({ session, boot: 'never' });
    const found = await client.request('status', {});
    client.close();
    process.stdout.write(given.json ? json(found) : statusText(found));
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    if (error.kind !== 'no-server') {
      process.stderr.write(sessionErrorText(error));
      process.exitCode = error.exit;
      return;
    }
    process.stdout.write(
      given.json ? json({ session, running: false, pid: null }) : `session ${session} is not running\n`,
    );
    process.exitCode = NOT_RUNNING;
  }
}

/** For people. */
export function statusText(found: Status): string {
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
