import type { LiveMachine } from './live-machine.ts';
import type { MountParams, RelayParams } from './protocol.ts';

/** Shows a session's machine as a mount: how is the business of another room, and of the program that serves. */
export interface Mounter {
  /** Resolves when the mount can be used, with the promise of its end. Rejects with an Error that says what to do. */
  mount(
    session: string,
    live: LiveMachine,
    told: () => void,
    params: MountParams,
  ): Promise<{ readonly ended: Promise<void> }>;
  /** Serves a device that comes over a socket at this path; resolves when it can come. */
  relay(path: string, live: LiveMachine, told: () => void, owner: RelayParams): Promise<void>;
  /** Another machine is in the place of the one before. */
  changeTo(live: LiveMachine): void;
  unmountAll(): Promise<void>;
}
