import { Command } from 'commander';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg resume` */
export function command(): Command {
  return new Command('resume')
    .description('Lets virtual time go on after `pause`.')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg resume')
    .action((given: SessionGiven) =>
      onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('resume', {});
      }),
    );
}
