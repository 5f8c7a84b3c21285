import { resolve } from 'node:path';
import { Command } from 'commander';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg load FILE` */
export function command(): Command {
  return new Command('load')
    .description('Goes on from a state that `save` wrote; what the machine was doing is forgotten.')
    .argument('<file>', 'what `save` wrote')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg load before.state')
    .action((file: string, given: SessionGiven) =>
      onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('load', { path: resolve(file) });
      }),
    );
}
