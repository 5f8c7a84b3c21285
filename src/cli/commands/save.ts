import { resolve } from 'node:path';
import { Command } from 'commander';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg save FILE` */
export function command(): Command {
  return new Command('save')
    .description('Saves the state of the machine, all of it, to a file that `load` takes.')
    .argument('<file>', 'is written anew')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg save before.state')
    .action((file: string, given: SessionGiven) =>
      onSession(given, { boot: 'if-needed' }, async (client) => {
        await client.request('save', { path: resolve(file) });
      }),
    );
}
