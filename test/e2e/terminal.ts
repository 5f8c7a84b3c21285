import { spawnSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** A real terminal, in tmux: keys are sent, and the screen is read. */

/** What does not come within this time does not come, ms. */
const LONGEST = 15_000;
const LOOK = 40;

export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

let made = 0;

/** A terminal of its own, with a shell in it. */
export class Terminal {
  readonly #socket: string;

  /** `run` runs a line of a shell where this terminal's shell is to be; `env`: what that has besides, empty: not. */
  constructor(
    run: (line: string) => { readonly status: number | null; readonly stderr: string },
    { columns, rows }: Screen,
    env: Readonly<Record<string, string>> = {},
  ) {
    made += 1;
    this.#socket = `memcg-${process.pid}-${made}`;
    const gone = Object.keys(env).filter((name) => env[name] === '');
    const set = Object.entries(env).filter(([, value]) => value !== '');
    const words = [
      ...gone.map((name) => `-u ${name}`),
      ...set.map(([name, value]) => `${name}='${value}'`),
      ...["PS1='$ '", 'ENV=', 'sh -i'],
    ];
    const shell = `env ${words.join(' ')}`;
    const { status, stderr } = run(
      `tmux -L ${this.#socket} -f /dev/null new-session -d -s top -x ${columns} -y ${rows} "${shell}"`,
    );
    if (status !== 0) throw new Error(`tmux: ${stderr}`);
    this.#tmux('set-option', '-g', 'status', 'off');
    this.#tmux('resize-window', '-t', 'top', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** Keys as tmux names them: `Enter`, `C-z`, `Left`, `q`. */
  press(...keys: readonly string[]): void {
    this.#tmux('send-keys', '-t', 'top', ...keys);
  }

  type(text: string): void {
    this.#tmux('send-keys', '-t', 'top', '-l', text);
  }

  /** Types a line into the shell, or into a prompt. */
  enter(line: string): void {
    this.type(line);
    this.press('Enter');
  }

  /** The rows of the screen, without blanks at their ends; `styled`: with SGR sequences. */
  screen({ styled = false } = {}): string {
    const text = this.#tmux('capture-pane', '-p', '-t', 'top', ...(styled ? ['-e'] : []));
    return text.replace(/\n+$/, '');
  }

  /** Of the pane: `alternate_on`, `cursor_flag`, `pane_pid`. */
  state(name: string): string {
    return this.#tmux('display-message', '-p', '-t', 'top', `#{${name}}`).trim();
  }

  resize({ columns, rows }: Screen): void {
    this.#tmux('resize-window', '-t', 'top', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** Waits until the screen shows this, and answers it; rejects with what it shows instead. */
  async shows(what: string | RegExp): Promise<string> {
    const has = (screen: string): boolean =>
      typeof what === 'string' ? screen.includes(what) : what.test(screen);
    return this.until(`shows ${what}`, has);
  }

  async until(what: string, holds: (screen: string) => boolean): Promise<string> {
    const deadline = performance.now() + LONGEST;
    for (;;) {
      const screen = this.screen();
      if (holds(screen)) return screen;
      if (performance.now() > deadline) throw new Error(`the screen never ${what}:\n${screen}`);
      await setTimeout(LOOK);
    }
  }

  close(): void {
    spawnSync('tmux', ['-L', this.#socket, 'kill-server']);
  }

  #tmux(...args: string[]): string {
    const { stdout, stderr, status } = spawnSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`tmux ${args.join(' ')}: ${stderr}`);
    return stdout;
  }
}
