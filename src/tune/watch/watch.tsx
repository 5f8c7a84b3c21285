import type { WriteStream } from 'node:tty';
import { openKeyboard, Terminal } from '../../dashboard/app/terminal.tsx';
import { Rows } from '../../dashboard/components/rows.ts';
import { type Theme, ThemeContext } from '../../dashboard/theme.ts';
import { ExecutorFailure } from '../run/executor.ts';
import { type Watched, watchRows } from './screen.ts';

/** Between two frames, ms. */
const EVERY = 200;

export interface WatchSettings {
  readonly stdout: WriteStream;
  readonly theme: Theme;
  /** Somebody has had enough, or the terminal is gone. */
  readonly ended: () => void;
}

/** The terminal while a sweep runs. */
export class SweepWatch {
  readonly #terminal: Terminal;
  readonly #theme: Theme;
  #look: (() => Watched) | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** Throws an ExecutorFailure where there is no keyboard. */
  constructor({ stdout, theme, ended }: WatchSettings) {
    const keyboard = openKeyboard();
    if (keyboard === null) throw new ExecutorFailure('there is no terminal that keys could come from');
    this.#theme = theme;
    this.#terminal = new Terminal(keyboard, stdout, {
      press: (keys) => {
        if (keys.some((key) => key === 'q' || key === 'ctrl-c')) ended();
        else if (keys.includes('ctrl-z')) this.#terminal.suspend();
        else if (keys.includes('ctrl-l')) this.#terminal.redraw();
      },
      point: () => {},
      redraw: () => this.#draw(),
      ended,
      failed: ended,
    });
    keyboard.once('end', ended);
    this.#terminal.open();
  }

  /** Something is known that was not: `look` is asked for what, before the next frame. */
  tell(look: () => Watched): void {
    this.#look = look;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#draw();
    }, EVERY);
  }

  /** The screen is as the shell had it. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#look = null;
    this.#terminal.close(false);
  }

  #draw(): void {
    if (this.#look === null) return;
    const { size } = this.#terminal;
    const rows = watchRows(this.#look(), size);
    this.#terminal.show(
      <ThemeContext value={this.#theme}>
        <Rows rows={rows} columns={size.columns} />
      </ThemeContext>,
    );
  }
}
