import { Command } from 'commander';
import { connect } from '../../session/client.ts';
import { SessionError } from '../../session/session-error.ts';
import { sessionErrorText } from '../line.ts';
import { misuse, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenSession } from '../options/session.ts';

/** `memcg down` */
export function command(): Command {
  return new Command('down')
    .description('Ends the machine. One that does not run is left as it is.')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg down')
    .action(down);
}

async function down(given: SessionGiven): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  try {
    const client = await connect({ session: chosen.session, boot: 'never' });
    await client.request('down', {});
    // The server closes the connection when it is gone: the next command boots a new one.
    await client.closed;
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    if (error.kind === 'no-server') process.stderr.write(`memcg: session ${chosen.session} is not running\n`);
    else {
      process.stderr.write(sessionErrorText(error));
      process.exitCode = error.exit;
    }
  }
}
