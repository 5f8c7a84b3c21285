import { Command } from 'commander';
import { misuse } from '../on-session.ts';

interface Given {
  readonly force?: boolean;
}

const REFUSED = 1;
const WORLD_FAILED = 3;

/** `memcg umount` */
export function command(): Command {
  return new Command('umount')
    .description(
      'Takes a mounted machine away from DIR; the machine lives on. A dead mount is cleared away too.',
    )
    .argument('<dir>', 'where it is mounted')
    .option('-f, --force', 'also while somebody uses it: they get errors from then on')
    .addHelpText('after', '\nExample\n  memcg umount cg')
    .action(umount);
}

async function umount(dir: string, { force = false }: Given): Promise<void> {
  const [{ isDead, realDirectory }, { mountedAt, OUR_TYPE }, { detach, release }, { MountError }] =
    await Promise.all([
      import('../../mount/mount-point.ts'),
      import('../../mount/mount-table.ts'),
      import('../../mount/mounting.ts'),
      import('../../mount/mount-error.ts'),
    ]);
  try {
    const directory = await realDirectory(dir);
    if (mountedAt(directory)?.type !== OUR_TYPE) return misuse(`${dir}: no machine is mounted there`);
    if (force || (await isDead(directory))) return await detach(directory);
    const refusal = await release(directory);
    if (refusal === null) return;
    const busy = /busy/.test(refusal);
    process.stderr.write(
      busy
        ? `memcg: umount ${dir}: EBUSY: a shell or a program is in it: let it go elsewhere, or use --force\n`
        : `memcg: ${refusal}\n`,
    );
    process.exitCode = busy ? REFUSED : WORLD_FAILED;
  } catch (error) {
    if (!(error instanceof MountError)) throw error;
    process.stderr.write(`memcg: ${error.message}\n`);
    process.exitCode = WORLD_FAILED;
  }
}
