import type { LiveMachine } from '../session/live-machine.ts';
import type { Mounter } from '../session/mounter.ts';
import type { MountParams, RelayParams } from '../session/protocol.ts';
import type { SessionMounts } from './session-mounts.ts';

/** The mounts of a session's server, that costs nothing while there are none. */
export class LateMounter implements Mounter {
  #mounts: SessionMounts | null = null;

  async mount(session: string, live: LiveMachine, told: () => void, params: MountParams) {
    const mounts = await this.#load();
    return mounts.mount(session, live, told, params);
  }

  async relay(path: string, live: LiveMachine, told: () => void, owner: RelayParams): Promise<void> {
    const mounts = await this.#load();
    return mounts.relay(path, live, told, owner);
  }

  changeTo(live: LiveMachine): void {
    if (this.#mounts !== null) this.#mounts.changeTo(live);
    // Processes that have joined a machine that was restored are followed, mounted or not.
    else if (live.machine.processes().length > 0) void this.#load().then((mounts) => mounts.changeTo(live));
  }

  async #load(): Promise<SessionMounts> {
    const { SessionMounts } = await import('./session-mounts.ts');
    this.#mounts ??= new SessionMounts();
    return this.#mounts;
  }

  async unmountAll(): Promise<void> {
    await this.#mounts?.unmountAll();
  }
}
