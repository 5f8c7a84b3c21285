import type { ReadStream, WriteStream } from 'node:tty';
import { render, useInput } from 'ink';
import { memo, type ReactNode } from 'react';
import { Screen } from '../components/screen.tsx';
import type { ScreenProps } from '../components/screen-lines.ts';
import type { Stage } from '../stage.ts';
import { InkStdout } from '../terminal/ink-stdout.ts';
import { type EndingSignal, Terminal } from '../terminal/terminal.ts';
import type { Theme } from '../theme.ts';
import { type AppState, INITIAL_STATE } from './app-state.ts';
import { Dashboard } from './dashboard.ts';
import { keysOf } from './keys.ts';

export interface DashboardSettings {
  /** See openKeyboard. */
  readonly keyboard: ReadStream;
  readonly stdout: WriteStream;
  readonly theme: Theme;
  /** Path of the cgroup that is selected at first. */
  readonly selected: string;
  /** Somebody has asked for it: nothing else is selected though nothing happens in it. */
  readonly chosen: boolean;
}

/** Why the dashboard was left: `q`, or a signal (^C is SIGINT). */
export type Left = 'quit' | EndingSignal;

/** Shows the stage until one leaves it; the stage goes on. Rejects with what went wrong in here. */
export async function runDashboard(stage: Stage, settings: DashboardSettings): Promise<Left> {
  const { theme, keyboard, stdout } = settings;
  const { promise: left, resolve: leave, reject: fail } = withResolvers<Left>();
  const terminal = new Terminal(keyboard, stdout, {
    redraw: () => dashboard.redraw(),
    ended: leave,
  });
  const dashboard = new Dashboard(
    stage,
    {
      size: () => terminal.size,
      draw: (view, { ui }) => ink.rerender(app({ view, ui, size: terminal.size, theme })),
      failed: fail,
      wish: (wish) => {
        if (wish.do === 'quit') leave('quit');
        else if (wish.do === 'interrupt') leave('SIGINT');
        else if (wish.do === 'suspend') terminal.suspend();
        else terminal.redraw();
      },
    },
    startingAt(settings),
  );
  const press = (keys: readonly string[]): void => dashboard.press(keys);
  const app = (screen: ScreenProps | null): ReactNode => (
    <>
      <Keyboard press={press} />
      {screen === null ? null : <Screen {...screen} />}
    </>
  );
  const inkStdout = new InkStdout(
    () => terminal.size,
    (frame) => terminal.show(frame),
  );
  // Whoever had the keyboard is gone.
  keyboard.once('end', () => leave('SIGHUP'));
  terminal.open();
  const ink = render(app(null), {
    stdout: inkStdout as unknown as WriteStream,
    stdin: keyboard,
    debug: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  try {
    dashboard.start();
    return await Promise.race([left, ink.waitUntilExit().then(() => left)]);
  } finally {
    dashboard.close();
    ink.unmount();
    terminal.close();
  }
}

const startingAt = ({ selected, chosen }: DashboardSettings): AppState => ({
  ...INITIAL_STATE,
  chosen,
  ui: { ...INITIAL_STATE.ui, selected },
});

/** Not rendered again: else it would begin to listen anew at every frame. */
const Keyboard = memo(({ press }: { readonly press: (keys: readonly string[]) => void }): ReactNode => {
  useInput((input, key) => press(keysOf(input, key)));
  return null;
});

/** Promise.withResolvers, which Node 20 has not. */
function withResolvers<T>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
