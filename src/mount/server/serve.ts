import type { Owner } from '../../machine/machine.ts';
import type { LiveMachine } from '../../session/live-machine.ts';
import type { Request, TreeChange } from '../../session/operations.ts';
import { MountError } from '../host/mounting.ts';
import type { RealTasks } from '../processes/callers.ts';
import { Device } from '../wire/device.ts';
import * as reply from '../wire/reply.ts';
import { type Request as DeviceRequest, decodeRequest } from '../wire/request.ts';
import { Filesystem } from './filesystem.ts';
import { noticesOf, noticesOfAll } from './notices.ts';

/**
 * Serves a mounted device from this process:
 *
 *     const device = openDevice();
 *     await attach(device, directory, { owner, source });
 *     const mount = serveMount({ live, device, owner });
 *     await mount.ready;
 *     ...
 *     await detach(directory);
 *     await mount.ended;
 *
 * With the watcher, that takes a dead mount away: `mountMachine` of host/mount.ts.
 */
export interface ServeOptions {
  /** A session's (`session.live`), or one of your own. */
  readonly live: LiveMachine;
  /** An open /dev/fuse that is mounted, closed at the end; or the way to one. */
  readonly device: number | Channel;
  /** Whose mount it is: his ids are the machine's uid and gid 0. */
  readonly owner: Owner;
  /**
   * Called before an answer that tells what the machine is or was made to be (`session.toldSoon()`).
   * Left out for a machine that is not kept.
   */
  readonly told?: () => void;
  readonly realTasks?: RealTasks;
}

/** Where requests come from and answers go: see Device. */
export type Channel = Pick<Device, 'listen' | 'send' | 'tell' | 'close'>;

export interface Mount {
  /** Resolves when the mount can be used; rejects with a MountError when it was taken away before. */
  readonly ready: Promise<void>;
  /** Resolves when it was unmounted, by whomever. The device is closed then. */
  readonly ended: Promise<void>;
  /** Goes on with another machine: what is open of the old one answers ENODEV. */
  changeTo(live: LiveMachine): void;
  /** Gives it up without waiting for anybody: who uses it gets ENOTCONN until it is unmounted. */
  abandon(): void;
}

export function serveMount(options: ServeOptions): Mount {
  return new MountServer(options);
}

const EIO = 5;
/** CGROUP_FILE_NOTIFY_MIN_INTV: nobody is told of events more often, ms. */
const NOTIFY_INTERVAL = 10;

class MountServer implements Mount {
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly #device: Channel;
  readonly #filesystem: Filesystem;
  #live: LiveMachine;
  #isReady: () => void = () => {};
  #looking: NodeJS.Timeout | null = null;

  constructor({ live, device, owner, told = () => {}, realTasks = null }: ServeSettings) {
    this.#live = live;
    this.#device = typeof device === 'number' ? new Device(device) : device;
    this.#filesystem = new Filesystem({ live, owner, told, realTasks });
    let hasEnded = (): void => {};
    this.ended = new Promise((resolve) => {
      hasEnded = resolve;
    });
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      void this.ended.then(() => reject(new MountError('the mount was taken away before it was ready')));
    });
    // Who only waits for the end need not look at this.
    this.ready.catch(() => {});
    live.treeObservers.add(this.#observe);
    this.#device.listen(
      (bytes) => this.#take(bytes),
      () => {
        this.#live.treeObservers.delete(this.#observe);
        if (this.#looking !== null) clearTimeout(this.#looking);
        hasEnded();
      },
    );
  }

  changeTo(live: LiveMachine): void {
    this.#live.treeObservers.delete(this.#observe);
    this.#live = live;
    live.treeObservers.add(this.#observe);
    for (const notice of noticesOfAll(this.#filesystem.changeTo(live))) this.#device.tell(notice);
  }

  abandon(): void {
    this.#device.close();
  }

  readonly #observe = (change: TreeChange, request: Request): void => {
    if (this.#filesystem.doer.isOwn(request)) return;
    for (const notice of noticesOf(change, this.#live.machine.dentries(), this.#filesystem.table))
      this.#device.tell(notice);
  };

  #take(bytes: Buffer): void {
    const request = decodeRequest(bytes);
    if (request === null) return;
    try {
      const answer = this.#filesystem.answer(request);
      if (answer === null) return;
      if (answer instanceof Promise)
        answer.then(
          (later) => this.#device.send(later),
          (error: unknown) => this.#broken(request, error),
        );
      else this.#device.send(answer);
      if (request.body?.op === 'init') this.#isReady();
      this.#lookForPolls();
    } catch (error) {
      this.#broken(request, error);
    }
  }

  /** While somebody waits in poll(2). */
  #lookForPolls(): void {
    if (this.#looking !== null || !this.#filesystem.polls.isAwaited) return;
    this.#looking = setTimeout(() => {
      this.#looking = null;
      for (const poll of this.#filesystem.polls.due()) this.#device.tell(reply.wakeUp(poll));
      this.#lookForPolls();
    }, NOTIFY_INTERVAL);
    this.#looking.unref();
  }

  /** A mistake of ours must not leave the client waiting for ever. */
  #broken({ header }: DeviceRequest, error: unknown): void {
    process.stderr.write(`memcg: mount: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
    this.#device.send(reply.failed(header.unique, EIO));
  }
}

type ServeSettings = Omit<ServeOptions, 'realTasks'> & { readonly realTasks?: RealTasks | null };
