import { openSync } from 'node:fs';
import { ReadStream, type WriteStream } from 'node:tty';
import type { Size } from '../draw/layout.ts';
import { FrameWriter } from './frame-writer.ts';

/** The other screen, cleared, without a cursor, and with the last column like any other. */
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[m\x1b[2J\x1b[H';
const LEAVE = '\x1b[m\x1b[?7h\x1b[?25h\x1b[?1049l';

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof ENDING)[number];

export interface TerminalListener {
  /** The size is another one, or the screen has to be drawn from nothing. */
  redraw(): void;
  ended(signal: EndingSignal): void;
}

/**
 * The terminal while a dashboard has it. However the program ends, by a signal or a crash too, the
 * screen is left as the shell had it; a stop (^Z) leaves it, and a continuation comes back to it.
 */
export class Terminal {
  readonly keyboard: ReadStream;
  readonly #stdout: WriteStream;
  readonly #listener: TerminalListener;
  readonly #frames = new FrameWriter();
  #entered = false;
  #undo: (() => void)[] = [];

  constructor(keyboard: ReadStream, stdout: WriteStream, listener: TerminalListener) {
    this.keyboard = keyboard;
    this.#stdout = stdout;
    this.#listener = listener;
  }

  get size(): Size {
    return { columns: this.#stdout.columns || 80, rows: this.#stdout.rows || 24 };
  }

  open(): void {
    for (const signal of ENDING) this.#on(signal, () => this.#listener.ended(signal));
    this.#on('SIGTSTP', () => this.suspend());
    this.#on('SIGCONT', () => this.#continue());
    // Node prints what went wrong behind these: it has to be read on the shell's screen.
    this.#on('uncaughtExceptionMonitor', () => this.#leave());
    this.#on('exit', () => this.#leave());
    const resized = (): void => {
      this.redraw();
      this.#listener.redraw();
    };
    this.#stdout.on('resize', resized);
    this.#undo.push(() => this.#stdout.off('resize', resized));
    this.#enter();
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#leave();
  }

  /** Shows these rows in the place of what was there. Answers the bytes that took. */
  show(frame: string): number {
    if (!this.#entered) return 0;
    // The last row stays free, or some terminals scroll.
    const bytes = this.#frames.write(frame, this.size.rows - 1);
    if (bytes !== '') this.#stdout.write(bytes);
    return bytes.length;
  }

  /** The next frame is drawn from nothing. */
  redraw(): void {
    this.#frames.forget();
    if (this.#entered) this.#stdout.write('\x1b[m\x1b[2J');
  }

  /** As ^Z does; returns when the program has been continued. */
  suspend(): void {
    this.#leave();
    this.keyboard.setRawMode(false);
    const handlers = process.listeners('SIGTSTP');
    process.removeAllListeners('SIGTSTP');
    // The whole job, as the terminal would: who has started memcg and waits for it has to stop too.
    process.kill(0, 'SIGTSTP');
    for (const handler of handlers) process.on('SIGTSTP', handler);
    this.#continue();
  }

  /** Whoever had the terminal meanwhile may have changed everything. */
  #continue(): void {
    // libuv sets a mode only if it believes in another.
    this.keyboard.setRawMode(false);
    this.keyboard.setRawMode(true);
    this.#enter();
    this.#listener.redraw();
  }

  #enter(): void {
    this.#entered = true;
    this.#frames.forget();
    this.#stdout.write(ENTER);
  }

  #leave(): void {
    if (!this.#entered) return;
    this.#entered = false;
    this.#stdout.write(LEAVE);
  }

  #on(event: string, listener: () => void): void {
    process.on(event, listener);
    this.#undo.push(() => process.off(event, listener));
  }
}

/** Where keys come from; null: this program has no terminal. Standard input may be a script. */
export function openKeyboard(): ReadStream | null {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return null;
  }
}
