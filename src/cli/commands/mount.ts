import { Command } from 'commander';
import { EXIT } from '../../script/result.ts';
import type { MountParams } from '../../session/protocol.ts';
import { onSession, runningPid, type SessionGiven, sessionOption } from '../on-session.ts';
import { chosenSession } from '../options/session.ts';
import { complain, misuse } from '../output/say.ts';

interface GivenMount extends SessionGiven {
  readonly allowOther?: boolean;
  readonly foreground?: boolean;
}

export const mount = (): Command =>
  new Command('mount')
    .description(
      'Shows the machine as a cgroup filesystem in DIR, for every shell and program. ' +
        'It goes with `memcg umount DIR`, with `memcg down`, and when the server dies.',
    )
    .argument('<dir>', 'an empty folder')
    .option('--allow-other', 'let other users in too, as far as the files’ permissions go')
    .option('--foreground', 'serve it from here until ^C or until it is unmounted')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  mkdir cg && memcg mount cg && cat cg/default/memory.limit_in_bytes')
    .action(mountOn);

async function mountOn(dir: string, given: GivenMount): Promise<void> {
  const chosen = chosenSession(given.session);
  if ('misused' in chosen) return misuse(chosen.misused);
  const params = await mountParams(dir, given.allowOther ?? false);
  if (params === null) return;
  if (given.foreground) return mountInForeground(chosen.session, params);
  await onSession(given, async (client) => {
    await client.request('mount', params);
  });
}

/** null: it can't be mounted there, and that has been said. */
async function mountParams(dir: string, allowOther: boolean): Promise<MountParams | null> {
  const [{ preparedMountPoint }, { mountNamespace }, { MountError }] = await Promise.all([
    import('../../mount/host/mount-point.ts'),
    import('../../mount/session-mounts.ts'),
    import('../../mount/host/mounting.ts'),
  ]);
  try {
    return { directory: await preparedMountPoint(dir), allowOther, namespace: mountNamespace() };
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    process.exitCode = complain(error.message, EXIT.world);
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

export const umount = (): Command =>
  new Command('umount')
    .description(
      'Takes a mounted machine away from DIR; the machine lives on. A dead mount is cleared away too.',
    )
    .argument('<dir>', 'where it is mounted')
    .option('-f, --force', 'also while somebody uses it: they get errors from then on')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg umount cg')
    .action(unmount);

interface GivenUmount extends SessionGiven {
  readonly force?: boolean;
}

/** MEMCG_SESSION is not asked: what is mounted in `dir` is known without it. */
async function unmount(dir: string, { force = false, session }: GivenUmount): Promise<void> {
  const [{ isDead, realDirectory }, { mountedAt, OUR_TYPE }, { detach, release }, { MountError }] =
    await Promise.all([
      import('../../mount/host/mount-point.ts'),
      import('../../mount/host/mount-table.ts'),
      import('../../mount/host/mounting.ts'),
      import('../../mount/host/mounting.ts'),
    ]);
  try {
    const directory = await realDirectory(dir);
    const mounted = mountedAt(directory);
    if (mounted?.type !== OUR_TYPE) return misuse(`${dir}: no machine is mounted there`);
    if (session !== undefined && mounted.source !== session)
      return misuse(`${dir}: session ${mounted.source} is mounted there, not ${session}`);
    if (force || (await isDead(directory))) return await detach(directory);
    const refusal = await release(directory);
    if (refusal === null) return;
    const busy = /busy/.test(refusal);
    process.exitCode = busy
      ? complain(
          `umount ${dir}: EBUSY: a shell or a program is in it: let it go elsewhere, or use --force`,
          EXIT.refused,
        )
      : complain(refusal, EXIT.world);
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    process.exitCode = complain(error.message, EXIT.world);
  }
}
