import type { Dentries, Handle } from '../../machine/machine.ts';
import { lookAtTrigger, type PsiTrigger, parseTrigger } from '../../mm/psi-trigger.ts';
import type { LiveMachine } from '../../session/live-machine.ts';

/**
 * poll(2) of open files, as fs/kernfs/file.c has it: one whose text tells of events is ready from the start, until it is
 * read, and again when something has happened since; one of pressure by the trigger that was written to it.
 */

/** include/uapi/asm-generic/poll.h */
export const POLLIN = 1;
export const POLLPRI = 2;
export const POLLERR = 8;
export const POLLHUP = 16;
/** DEFAULT_POLLMASK: it can be read and written. */
const USUAL = POLLIN | 4 | 64 | 256;

interface Polled {
  /** The text as it was last read; null: never yet. */
  text: string | null;
  trigger: PsiTrigger | null;
  /** Of the text, until it is read; of the trigger, until somebody is told. */
  event: boolean;
  /** By which the kernel knows who waits; null: nobody does. */
  wakeUp: number | null;
}

export class Polls {
  readonly #live: () => LiveMachine;
  /** By handle. */
  readonly #polled = new Map<Handle, Polled>();

  /** `live`: whose files they are, now. */
  constructor(live: () => LiveMachine) {
    this.#live = live;
  }

  /** Somebody waits. */
  get isAwaited(): boolean {
    for (const { wakeUp, trigger } of this.#polled.values())
      if (wakeUp !== null || trigger !== null) return true;
    return false;
  }

  wasRead(handle: Handle): void {
    if (this.#dentries.polling(handle) !== 'events') return;
    const polled = this.#of(handle);
    polled.text = this.#textOf(handle);
    polled.event = false;
  }

  /** One is all that an open file takes: EBUSY. */
  hasTrigger(handle: Handle): boolean {
    return (this.#polled.get(handle)?.trigger ?? null) !== null;
  }

  /** A trigger that was taken. */
  wasWritten(handle: Handle, data: Uint8Array): void {
    if (this.#dentries.polling(handle) !== 'trigger') return;
    const polled = this.#of(handle);
    polled.trigger = parseTrigger(new TextDecoder('latin1').decode(data));
    polled.event = false;
    this.#look(handle, polled);
  }

  released(handle: Handle): void {
    this.#polled.delete(handle);
  }

  clear(): void {
    this.#polled.clear();
  }

  /** What poll(2) says; `wakeUp`: by which number its caller is to be woken, null: he does not wait. */
  poll(handle: Handle, wakeUp: number | null): number {
    if (this.#dentries.polling(handle) === null) return USUAL;
    const polled = this.#of(handle);
    const ready = this.#look(handle, polled);
    if (wakeUp !== null) polled.wakeUp = wakeUp;
    if (!ready) return USUAL;
    if (polled.trigger === null) return USUAL | POLLPRI | POLLERR;
    polled.event = false;
    return USUAL | POLLPRI;
  }

  /** Lets happen what was to happen by now. By which numbers those are to be woken for whom something has. */
  due(): number[] {
    this.#live().catchUpIfDue();
    const woken: number[] = [];
    for (const [handle, polled] of this.#polled) {
      if (!this.#look(handle, polled) || polled.wakeUp === null) continue;
      woken.push(polled.wakeUp);
      polled.wakeUp = null;
    }
    return woken;
  }

  #of(handle: Handle): Polled {
    const known = this.#polled.get(handle) ?? { text: null, trigger: null, event: false, wakeUp: null };
    this.#polled.set(handle, known);
    return known;
  }

  #look(handle: Handle, polled: Polled): boolean {
    const { trigger } = polled;
    const text = this.#textOf(handle);
    if (text === null) return true;
    if (trigger === null) polled.event ||= polled.text !== text;
    else {
      const total = new RegExp(`^${trigger.kind} .*total=(\\d+)`, 'm').exec(text)?.[1];
      polled.event ||= lookAtTrigger(trigger, this.#live().machine.now / 1000, Number(total));
    }
    return polled.event;
  }

  get #dentries(): Dentries {
    return this.#live().machine.dentries();
  }

  /** null: the cgroup was removed. */
  #textOf(handle: Handle): string | null {
    const text = this.#dentries.text(handle);
    return text.ok ? text.value : null;
  }
}
