import { closeSync } from 'node:fs';
import { type Mount, type ServeOptions, serveMount } from '../server/serve.ts';
import { type AttachOptions, attach, detach, openDevice } from './mounting.ts';
import { watch } from './watcher.ts';

export interface MountedMachine extends Pick<Mount, 'ended' | 'changeTo'> {
  readonly directory: string;
  /** Takes it away, whoever uses it. Resolves when it is gone. */
  unmount(): Promise<void>;
}

export type MountSettings = Omit<ServeOptions, 'device'> & Omit<AttachOptions, 'owner'>;

/**
 * Mounts a machine on a folder (absolute, without links; see preparedMountPoint) and serves it from this
 * process; resolves when it can be used. It goes when it is unmounted by anybody, and when this
 * process dies. Rejects with a MountError.
 */
export async function mountMachine(directory: string, settings: MountSettings): Promise<MountedMachine> {
  const device = openDevice();
  const watcher = watch(directory);
  try {
    await attach(device, directory, settings);
  } catch (error) {
    watcher.release();
    closeSync(device);
    throw error;
  }
  const mount = serveMount({ ...settings, device });
  void mount.ended.then(() => watcher.release());
  await mount.ready;
  return {
    directory,
    ended: mount.ended,
    changeTo: (live) => mount.changeTo(live),
    unmount: async () => {
      await detach(directory);
      // What is unmounted lazily lives on as long as somebody has something open.
      mount.abandon();
      await mount.ended;
    },
  };
}

export const ownIds = (): { uid: number; gid: number } => ({
  uid: process.getuid?.() ?? 0,
  gid: process.getgid?.() ?? 0,
});
