import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { Mistake } from '../../script/mistake.ts';
import { readSize } from '../../script/values.ts';
import { sessionFolder } from '../../session/folders.ts';
import { onSession, runningPid, sessionOption } from '../on-session.ts';
import { bootOptions, type GivenBoot, readBoot } from '../options/boot.ts';
import { chosenSession } from '../options/session.ts';
import { misuse, say } from '../output/say.ts';

interface Given extends GivenBoot {
  readonly hostMemory?: string;
  readonly foreground?: boolean;
  readonly sync: boolean;
}

/** It was down only: there is something to restore. */
async function isKept(session: string): Promise<boolean> {
  const { JOURNAL } = await import('../../session/journal-line.ts');
  return existsSync(join(sessionFolder(session), JOURNAL));
}

function readHostMemory(text: string | undefined): number | undefined | Mistake {
  if (text === undefined) return undefined;
  try {
    return readSize({ text, column: 0 });
  } catch (error) {
    if (error instanceof Mistake) return new Mistake(`--host-memory: ${error.message}`, 0);
    throw error;
  }
}

export const up = (): Command =>
  bootOptions(new Command('up'))
    .description('Boots the machine, or restores it as it was. Other commands do so by themselves.')
    .option('--foreground', 'do not go to the background: run until ^C or `memcg down`')
    .option(
      '--no-sync',
      'answers do not wait for the disk: quicker, and a crash of this computer may lose some',
    )
    .option(
      '--host-memory <size>',
      "what its server may take of this computer's memory (if left out, a quarter, 4G at most)",
    )
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg up cpus=4 memory=8G')
    .action(async (options: string[], given: Given) => {
      const how = readBoot(options, given);
      if ('misused' in how) return misuse(how.misused);
      const hostMemory = readHostMemory(given.hostMemory);
      if (hostMemory instanceof Mistake) return misuse(hostMemory.message);
      const chosen = chosenSession(given.session);
      if ('misused' in chosen) return misuse(chosen.misused);
      const { session } = chosen;
      const pid = await runningPid(session);
      const isAsked = Object.keys(how).length > 0;
      if (pid !== null) {
        say(`session ${session} is up already (pid ${pid})`);
        return isAsked || given.foreground
          ? misuse('to boot it in another way, use `memcg reset`')
          : undefined;
      }
      if (isAsked && (await isKept(session)))
        return misuse(
          `session ${session} was kept, and up restores it as it was: to boot it in another way, use \`memcg reset\``,
        );
      const server = { ...how, sync: given.sync, hostMemory };
      if (!given.foreground) return onSession(given, async () => undefined, server);
      const { serveInForeground } = await import('../../session/serve.ts');
      const { LateMounter } = await import('../../mount/late-mounter.ts');
      process.exitCode = await serveInForeground({ session, ...server, mounter: new LateMounter() });
    });

export const reset = (): Command =>
  bootOptions(new Command('reset'))
    .description('Boots the machine again. What it was and did is forgotten.')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg reset swap=1G')
    .action(async (options: string[], given: GivenBoot) => {
      const how = readBoot(options, given);
      if ('misused' in how) return misuse(how.misused);
      await onSession(
        given,
        async (client) => {
          await client.request('reset', how);
        },
        how,
      );
    });
