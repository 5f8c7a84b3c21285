import { Command } from 'commander';
import { misuse, onSession, sessionOption } from '../on-session.ts';
import { bootOptions, type GivenBoot, readBoot } from '../options/boot.ts';

/** `memcg reset` */
export function command(): Command {
  return bootOptions(new Command('reset'))
    .description('Boots the machine again. What it was and did is forgotten.')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg reset swap=1G')
    .action(async (options: string[], given: GivenBoot) => {
      const how = readBoot(options, given);
      if ('misused' in how) return misuse(how.misused);
      await onSession(given, { boot: 'if-needed', how }, async (client) => {
        await client.request('reset', how);
      });
    });
}
