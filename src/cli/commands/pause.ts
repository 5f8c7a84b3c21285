import { Command } from 'commander';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg pause` */
export function command(): Command {
  return new Command('pause')
    .description(
      'Lets virtual time stand still. Commands are still obeyed; what takes time waits for `step` or `resume`.',
    )
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg pause')
    .action((given: SessionGiven) =>
      onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('pause', {});
      }),
    );
}
