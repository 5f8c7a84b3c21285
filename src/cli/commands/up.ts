import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { sessionFolder } from '../../session/folders.ts';
import { misuse, onSession, sessionOption } from '../on-session.ts';
import { bootOptions, type GivenBoot, readBoot } from '../options/boot.ts';
import { chosenSession } from '../options/session.ts';
import { runningPid } from './running-pid.ts';

interface Given extends GivenBoot {
  readonly foreground?: boolean;
  readonly sync: boolean;
}

/** It was down only: there is something to restore. */
async function isKept(session: string): Promise<boolean> {
  const { JOURNAL } = await import('../../session/journal-line.ts');
  return existsSync(join(sessionFolder(session), JOURNAL));
}

/** `memcg up` */
export function command(): Command {
  return bootOptions(new Command('up'))
    .description('Boots the machine, or restores it as it was. Other commands do so by themselves.')
    .option('--foreground', 'do not go to the background: run until ^C or `memcg down`')
    .option(
      '--no-sync',
      'answers do not wait for the disk: quicker, and a crash of this computer may lose some',
    )
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg up cpus=4 memory=8G')
    .action(async (options: string[], given: Given) => {
      const how = readBoot(options, given);
      if ('misused' in how) return misuse(how.misused);
      const chosen = chosenSession(given.session);
      if ('misused' in chosen) return misuse(chosen.misused);
      const { session } = chosen;
      const pid = await runningPid(session);
      if (pid !== null) {
        process.stderr.write(`memcg: session ${session} is up already (pid ${pid})\n`);
        if (options.length > 0 || given.foreground || Object.keys(how).length > 0)
          return misuse('to boot it in another way, use `memcg reset`');
        return;
      }
      if (Object.keys(how).length > 0 && (await isKept(session)))
        return misuse(
          `session ${session} was kept, and up restores it as it was: to boot it in another way, use \`memcg reset\``,
        );
      const server = { ...how, sync: given.sync };
      if (given.foreground) {
        const { serveInForeground } = await import('../../session/serve.ts');
        const { LateMounter } = await import('../../mount/late-mounter.ts');
        process.exitCode = await serveInForeground({ session, ...server, mounter: new LateMounter() });
        return;
      }
      await onSession(given, { boot: 'if-needed', how: server }, async () => {});
    });
}
