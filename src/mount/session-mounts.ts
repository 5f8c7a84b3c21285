import { readlinkSync } from 'node:fs';
import type { LiveMachine } from '../session/live-machine.ts';
import type { Mounter } from '../session/mounter.ts';
import type { MountParams, RelayParams } from '../session/protocol.ts';
import { type MountedMachine, mountMachine, ownIds } from './host/mount.ts';
import { MountError } from './host/mounting.ts';
import { RealProcesses } from './processes/real-processes.ts';
import { type Mount, serveMount } from './server/serve.ts';
import { awaitDevice } from './wire/relay.ts';

/** How long somebody has to come with a device, ms. */
const PATIENCE = 10_000;

/** The mounts of a session's server, and the real processes that join through them. */
export class SessionMounts implements Mounter {
  readonly #mounts = new Map<string, MountedMachine>();
  /** What is being mounted: it can be unmounted only when it is there. */
  readonly #underWay = new Set<Promise<MountedMachine>>();
  /** Those of devices that others have mounted. */
  readonly #relayed = new Set<Mount>();
  #processes: RealProcesses | null = null;
  #live: LiveMachine | null = null;

  /** Rejects with a MountError. Resolves with a promise of its end. */
  async mount(
    session: string,
    live: LiveMachine,
    told: () => void,
    { directory, allowOther, namespace }: MountParams,
  ): Promise<{ ended: Promise<void> }> {
    if (namespace !== mountNamespace())
      throw new MountError(
        `${directory}: the server of session ${session} lives in another mount namespace: ` +
          `memcg --session ${session} down, and mount with --foreground`,
      );
    const mounting = mountMachine(directory, {
      live,
      told,
      source: session,
      owner: ownIds(),
      allowOther,
      realTasks: this.#follow(live),
    });
    this.#underWay.add(mounting);
    const mount = await mounting.finally(() => this.#underWay.delete(mounting));
    this.#mounts.set(directory, mount);
    void mount.ended.then(() => {
      if (this.#mounts.get(directory) === mount) this.#mounts.delete(directory);
    });
    return { ended: mount.ended };
  }

  async relay(path: string, live: LiveMachine, told: () => void, owner: RelayParams): Promise<void> {
    const { device } = await awaitDevice(path, PATIENCE);
    void device.then(
      (channel) => {
        const mount = serveMount({
          live: this.#live ?? live,
          device: channel,
          owner,
          told,
          realTasks: this.#follow(live),
        });
        this.#relayed.add(mount);
        void mount.ended.then(() => this.#relayed.delete(mount));
      },
      () => {},
    );
  }

  #follow(live: LiveMachine): RealProcesses {
    this.#processes ??= new RealProcesses(live);
    return this.#processes;
  }

  changeTo(live: LiveMachine): void {
    this.#live = live;
    if (this.#processes === null) this.#follow(live);
    else this.#processes.changeTo(live);
    for (const mount of this.#mounts.values()) mount.changeTo(live);
    for (const mount of this.#relayed) mount.changeTo(live);
  }

  async unmountAll(): Promise<void> {
    this.#processes?.close();
    for (const mount of this.#relayed) mount.abandon();
    const late = [...this.#underWay].map((mounting) =>
      mounting.then(
        (mount) => mount.unmount(),
        () => {},
      ),
    );
    await Promise.all([...[...this.#mounts.values()].map((mount) => mount.unmount()), ...late]);
  }
}

/** Which mounts a process sees. */
export function mountNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/mnt');
  } catch {
    return '';
  }
}
