import { openSync } from 'node:fs';
import { ReadStream, type WriteStream } from 'node:tty';
import { type Instance, render, useInput } from 'ink';
import { memo, type ReactNode } from 'react';
import type { Size } from '../draw/layout.ts';
import { keysOf } from './keys.ts';
import { MOUSE_OFF, MOUSE_ON, type Mouse, mouseOf } from './mouse.ts';

/** The other screen, cleared, with the last column like any other; ink itself has none. */
const ENTER = '\x1b[?1049h\x1b[?7l\x1b[m\x1b[2J\x1b[H';
const CLEAR = '\x1b[m\x1b[2J\x1b[H';
const LEAVE = '\x1b[m\x1b[?7h\x1b[?1049l';

/** A terminal that has not taken the last of it by then is read by nobody, ms. */
const FAREWELL = 1000;

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndingSignal = (typeof ENDING)[number];

export interface TerminalListener {
  press(keys: readonly string[]): void;
  point(mouse: Mouse): void;
  /** The size is another one, or the screen has to be drawn from nothing. */
  redraw(): void;
  ended(signal: EndingSignal): void;
  /** What is drawn can't be drawn. */
  failed(error: unknown): void;
}

/**
 * The terminal while a dashboard has it. However the program ends, by a signal or a crash too, the
 * screen is left as the shell had it; a stop (^Z) leaves it, and a continuation comes back to it.
 * Ink draws on it, and draws anew what has changed; where nothing is as ink has left it, another one begins.
 * A terminal that nobody reads (one that was stopped, or whose reader hangs) keeps nobody: frames are left out.
 */
export class Terminal {
  readonly #keyboard: ReadStream;
  readonly #stdout: WriteStream;
  readonly #listener: TerminalListener;
  #ink: Instance | null = null;
  #entered = false;
  /** Something was not drawn: all is drawn when the terminal has taken what was. */
  #leftOut = false;
  #hasMouse = true;
  #undo: (() => void)[] = [];

  constructor(keyboard: ReadStream, stdout: WriteStream, listener: TerminalListener) {
    this.#keyboard = keyboard;
    this.#stdout = stdout;
    this.#listener = listener;
  }

  /**
   * What can be drawn on. The last row stays free: ink clears a terminal that is full, scrolled lines and
   * all. So does the last column: ink erases what is behind a row, which takes what stands there.
   */
  get size(): Size {
    return { columns: (this.#stdout.columns || 80) - 1, rows: (this.#stdout.rows || 24) - 1 };
  }

  open(): void {
    for (const signal of ENDING) this.#on(signal, () => this.#listener.ended(signal));
    this.#on('SIGTSTP', () => this.suspend());
    this.#on('SIGCONT', () => this.#enter());
    // Node prints what went wrong behind these: it has to be read on the shell's screen.
    this.#on('uncaughtExceptionMonitor', () => this.#leave());
    this.#on('exit', () => this.#leave());
    // Between these two Node learns the size: ink would take what it drew before for more than there is room for.
    const unmount = (): void => this.#unmount();
    process.prependListener('SIGWINCH', unmount);
    this.#undo.push(() => process.off('SIGWINCH', unmount));
    this.#on('SIGWINCH', () => this.redraw());
    const drained = (): void => {
      if (this.#leftOut) this.redraw();
    };
    this.#stdout.on('drain', drained);
    this.#undo.push(() => this.#stdout.off('drain', drained));
    this.#enter();
  }

  /** `over`: the program is to end, whether the terminal takes the last of it or not. */
  close(over: boolean): void {
    for (const undo of this.#undo.splice(0)) undo();
    this.#leave();
    if (!over || this.#stdout.writableLength === 0) return;
    // Ink's last word goes there.
    waitFor(process.stderr, false);
    setTimeout(() => process.exit(), FAREWELL).unref();
  }

  /** Shows this in the place of what was there. */
  show(screen: ReactNode): void {
    if (this.#isHeard()) this.#ink?.rerender(this.#screen(screen));
  }

  /** The next frame is drawn from nothing. */
  redraw(): void {
    if (!this.#entered || !this.#isHeard()) return;
    this.#unmount();
    this.#stdout.write(CLEAR);
    this.#mount();
  }

  /** The terminal has taken what it was given. */
  #isHeard(): boolean {
    this.#leftOut = this.#stdout.writableNeedDrain;
    return !this.#leftOut;
  }

  /** Gives the mouse to the terminal, which marks text with it, or takes it back. */
  handMouse(): void {
    this.#hasMouse = !this.#hasMouse;
    this.#stdout.write(this.#hasMouse ? MOUSE_ON : MOUSE_OFF);
  }

  /** As ^Z does; returns when the program has been continued. */
  suspend(): void {
    this.#leave();
    const handlers = process.listeners('SIGTSTP');
    process.removeAllListeners('SIGTSTP');
    // The whole job, as the terminal would: who has started memcg and waits for it has to stop too.
    process.kill(0, 'SIGTSTP');
    for (const handler of handlers) process.on('SIGTSTP', handler);
    this.#enter();
  }

  /** Whoever had the terminal meanwhile may have changed everything. */
  #enter(): void {
    this.#unmount();
    this.#entered = true;
    waitFor(this.#stdout, false);
    this.#stdout.write(this.#hasMouse ? ENTER + MOUSE_ON : ENTER);
    this.#mount();
  }

  #leave(): void {
    if (!this.#entered) return;
    this.#unmount();
    this.#entered = false;
    this.#stdout.write(MOUSE_OFF + LEAVE);
    waitFor(this.#stdout, true);
  }

  #mount(): void {
    this.#ink = render(this.#screen(null), {
      stdin: this.#keyboard,
      stdout: this.#stdout,
      incrementalRendering: true,
      patchConsole: false,
      exitOnCtrlC: false,
    });
    this.#ink.waitUntilExit().catch((error: unknown) => this.#listener.failed(error));
    this.#listener.redraw();
  }

  #unmount(): void {
    this.#ink?.unmount();
    this.#ink = null;
  }

  #screen(screen: ReactNode): ReactNode {
    return (
      <>
        <Keyboard press={this.#listener.press} point={this.#listener.point} />
        {screen}
      </>
    );
  }

  #on(event: string, listener: () => void): void {
    process.on(event, listener);
    this.#undo.push(() => process.off(event, listener));
  }
}

/**
 * Whether a write waits until the terminal has taken it, as Node has all of them do: then no signal is heard where
 * nobody reads. Node has no name for it of its own.
 */
function waitFor(stdout: WriteStream, waits: boolean): void {
  if (waits && stdout.writableLength > 0) return;
  const { _handle: handle } = stdout as WriteStream & {
    readonly _handle?: { readonly setBlocking?: (blocking: boolean) => unknown };
  };
  handle?.setBlocking?.(waits);
}

/** Not rendered again: else it would begin to listen anew at every frame. */
const Keyboard = memo(({ press, point }: Pick<TerminalListener, 'press' | 'point'>): ReactNode => {
  useInput((input, key) => {
    const mouse = mouseOf(input);
    if (mouse === null) press(keysOf(input, key));
    else if (mouse !== 'none') point(mouse);
  });
  return null;
});

/** Where keys come from; null: this program has no terminal. Standard input may be a script. */
export function openKeyboard(): ReadStream | null {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return null;
  }
}
