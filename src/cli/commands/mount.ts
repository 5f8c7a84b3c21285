import { Command } from 'commander';
import type { MountParams } from '../../session/protocol.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenSession } from '../options/session.ts';
import { runningPid } from './running-pid.ts';

interface Given extends SessionGiven {
  readonly allowOther?: boolean;
  readonly foreground?: boolean;
}

const WORLD_FAILED = 3;

/** `memcg mount` */
export function command(): Command {
  return new Command('mount')
    .description(
      'Shows the machine as a cgroup filesystem in DIR, for every shell and program. ' +
        'It goes with `memcg umount DIR`, with `memcg down`, and when the server dies.',
    )
    .argument('<dir>', 'an empty folder')
    .option('--allow-other', 'let other users in too, as far as the files’ permissions go')
    .option('--foreground', 'serve it from here until ^C or until it is unmounted')
    .addOption(sessionOption())
    .addHelpText(
      'after',
      '\nExample\n  mkdir cg && memcg mount cg && echo 64M > cg/default/memory.high_wmark_in_bytes',
    )
    .action(mount);
}

async function mount(dir: string, given: Given): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  const params = await mountParams(dir, given.allowOther ?? false);
  if (params === null) return;
  if (given.foreground) return mountInForeground(chosen.session, params);
  await onSession(given, { boot: 'if-needed' }, async (client) => {
    await client.request('mount', params);
  });
}

/** null: it can't be mounted there, and that has been said. */
async function mountParams(dir: string, allowOther: boolean): Promise<MountParams | null> {
  const [{ preparedMountPoint }, { mountNamespace }, { MountError }] = await Promise.all([
    import('../../mount/mount-point.ts'),
    import('../../mount/session-mounts.ts'),
    import('../../mount/mount-error.ts'),
  ]);
  try {
    return { directory: await preparedMountPoint(dir), allowOther, namespace: mountNamespace() };
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    process.stderr.write(`memcg: ${error.message}\n`);
    process.exitCode = WORLD_FAILED;
    return null;
  }
}

async function mountInForeground(session: string, mount: MountParams): Promise<void> {
  const pid = await runningPid(session);
  if (pid !== null)
    return misuse(
      `session ${session} is up already (pid ${pid}) and serves its mounts itself: leave out --foreground`,
    );
  const { serveInForeground } = await import('../../session/serve.ts');
  const { LateMounter } = await import('../../mount/late-mounter.ts');
  process.exitCode = await serveInForeground({ session, mount, mounter: new LateMounter() });
}
