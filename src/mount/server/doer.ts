import { ERRNO_NUMBER } from '../../kernel/errno-number.ts';
import type { Operation } from '../../machine/machine.ts';
import type { Outcome } from '../../script/world.ts';
import type { LiveMachine } from '../../session/live-machine.ts';
import type { Request } from '../../session/operations.ts';
import type { Answer } from '../wire/reply.ts';
import * as reply from '../wire/reply.ts';
import type { Header } from '../wire/request.ts';

interface Asked {
  readonly abort: AbortController;
  readonly request: Request;
}

const newAsked = (): Asked => {
  const abort = new AbortController();
  return { abort, request: { subject: '', behaviour: [], signal: abort.signal } };
};

/** Does operations for clients of the mount, who may lose patience. */
export class Doer {
  #live: LiveMachine;
  readonly #told: () => void;
  /** By the number of the kernel's request. */
  readonly #pending = new Map<number, Asked>();
  /** What is over at once needs none of its own. */
  #spare = newAsked();

  /** `told` is called before an answer. */
  constructor(live: LiveMachine, told: () => void) {
    this.#live = live;
    this.#told = told;
  }

  changeTo(live: LiveMachine): void {
    this.#live = live;
  }

  /** `then` makes the answer when it was done. */
  do({ unique }: Header, operation: Operation, then: () => Answer): Answer {
    const asked = this.#spare;
    const soon = this.#live.drive(operation, asked.request);
    if (!(soon instanceof Promise)) return this.#answer(unique, soon, then);
    this.#spare = newAsked();
    this.#pending.set(unique, asked);
    return this.#later(unique, soon, then);
  }

  /** The client was sent a signal. */
  interrupt(unique: number): void {
    this.#pending.get(unique)?.abort.abort();
  }

  /** Whether somebody uses the mount for this. */
  isOwn(request: Request): boolean {
    if (request === this.#spare.request) return true;
    for (const asked of this.#pending.values()) if (asked.request === request) return true;
    return false;
  }

  async #later(unique: number, soon: Promise<Outcome>, then: () => Answer): Promise<Buffer> {
    const outcome = await soon;
    this.#pending.delete(unique);
    return (await this.#answer(unique, outcome, then)) ?? reply.done(unique);
  }

  #answer(unique: number, outcome: Outcome, then: () => Answer): Answer {
    this.#told();
    if (outcome.ok) return then();
    if (outcome.errno !== null) return reply.failed(unique, ERRNO_NUMBER[outcome.errno]);
    return reply.failed(unique, outcome.kind === 'interrupted' ? ERRNO_NUMBER.EINTR : ERRNO_NUMBER.EIO);
  }
}
