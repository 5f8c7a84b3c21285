import { closeSync } from 'node:fs';
import { visibleText } from '../../kernel/visible.ts';
import { type Hierarchy, hierarchyOf } from '../../machine/machine.ts';
import { Budget } from '../../session/budget.ts';
import { type Client, connect } from '../../session/client.ts';
import { endpointOf, sessionFolder } from '../../session/folders.ts';
import { takeLock } from '../../session/lock.ts';
import { Server } from '../../session/server.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { ownIds } from '../host/mount.ts';
import { attach, MountError, openDevice } from '../host/mounting.ts';
import { mountNamespace, SessionMounts } from '../session-mounts.ts';
import { relayDevice } from '../wire/relay.ts';
import { unmountEverywhere } from './namespace.ts';
import type { ShellParams } from './params.ts';

/** A machine that a shell runs on. */
export interface ShellMachine {
  /** Files that go with it, however it ends. */
  readonly paths: readonly string[];
  /** Answers where it is to be mounted. */
  start(): Promise<Hierarchy>;
  /** In the namespace, which is ready for it. Rejects with a MountError. */
  mount(hierarchy: Hierarchy): Promise<void>;
  /** Nothing of it is left here. */
  remove(): Promise<void>;
}

export const machineOf = (params: ShellParams): ShellMachine =>
  params.shared ? new SharedMachine(params.session) : new OwnMachine(params);

const say = (text: string): boolean => process.stderr.write(visibleText(`memcg: ${text}\n`));

/** One that lives as long as the command: we are its session's server. */
class OwnMachine implements ShellMachine {
  readonly #session: string;
  readonly #mounts = new SessionMounts();
  readonly #server: Server;
  readonly paths: readonly string[];

  constructor({ session, boot, machine }: ShellParams) {
    this.#session = session;
    const { socket, lock, log } = endpointOf(session);
    this.paths = [socket, lock, log, sessionFolder(session)];
    if (!takeLock(lock)) throw new MountError(`session ${session} is up already`);
    this.#server = new Server({
      budget: new Budget(),
      session,
      sync: false,
      opener: traceOpener,
      mounter: this.#mounts,
      say,
      boot: { ...(boot !== undefined && { boot }), ...(machine !== undefined && { machine }) },
    });
  }

  async start(): Promise<Hierarchy> {
    await this.#server.start();
    return hierarchyOf(this.#server.session.live.machine.options.kernel);
  }

  async mount({ directory }: Hierarchy): Promise<void> {
    await this.#server.mount({ directory, allowOther: true, namespace: mountNamespace() });
  }

  async remove(): Promise<void> {
    await unmountEverywhere(this.#session);
  }
}

/** One of a session that others use too: its server answers what comes out of our device. */
class SharedMachine implements ShellMachine {
  readonly #session: string;
  readonly paths = [];
  #client: Client | null = null;
  #isRemoved = false;

  constructor(session: string) {
    this.#session = session;
  }

  async start(): Promise<Hierarchy> {
    this.#client = await connect({ session: this.#session, boot: 'never' });
    for (const notice of this.#client.server.notices) say(notice);
    return hierarchyOf((await this.#client.request('inspect', {})).kernel);
  }

  async mount({ directory }: Hierarchy): Promise<void> {
    if (this.#client === null) throw new MountError(`session ${this.#session} is not up`);
    const owner = ownIds();
    const device = openDevice();
    try {
      await attach(device, directory, { owner, source: this.#session, allowOther: true });
      const { socket } = await this.#client.request('relay', owner);
      const { ready, ended } = relayDevice(device, socket);
      void ended.then(() => this.#ended(directory));
      await Promise.race([ready, ended]);
    } catch (error) {
      closeSync(device);
      throw error;
    }
  }

  async remove(): Promise<void> {
    this.#isRemoved = true;
    await unmountEverywhere(this.#session);
    this.#client?.close();
  }

  #ended(directory: string): void {
    if (this.#isRemoved) return;
    say(`session ${this.#session} has ended: ${directory} is empty from now on`);
    void unmountEverywhere(this.#session);
  }
}
