import type { WriteStream } from 'node:tty';
import { SessionError } from '../../session/session-error.ts';
import { Screen } from '../components/screen.tsx';
import type { Stage } from '../stage/stage.ts';
import type { Theme } from '../theme.ts';
import { INITIAL_STATE } from './app-state.ts';
import { Dashboard } from './dashboard.ts';
import { type EndingSignal, openKeyboard, Terminal } from './terminal.tsx';

export interface DashboardSettings {
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
export async function runDashboard(
  stage: Stage,
  { stdout, theme, selected, chosen }: DashboardSettings,
): Promise<Left> {
  const keyboard = openKeyboard();
  if (keyboard === null) throw new SessionError('world', 'there is no terminal that keys could come from');
  let end = (_over: boolean): void => {};
  let left: Left = 'SIGHUP';
  try {
    left = await new Promise<Left>((leave, fail) => {
      const terminal = new Terminal(keyboard, stdout, {
        press: (keys) => dashboard.press(keys),
        point: (mouse) => dashboard.point(mouse),
        redraw: () => dashboard.redraw(),
        ended: leave,
        failed: fail,
      });
      const dashboard = new Dashboard(
        stage,
        {
          size: () => terminal.size,
          draw: (view, { ui }) =>
            terminal.show(<Screen view={view} ui={ui} size={terminal.size} theme={theme} />),
          failed: fail,
          wish: (wish) => {
            if (wish.do === 'quit') leave('quit');
            else if (wish.do === 'interrupt') leave('SIGINT');
            else if (wish.do === 'suspend') terminal.suspend();
            else if (wish.do === 'mouse') terminal.handMouse();
            else terminal.redraw();
          },
        },
        { ...INITIAL_STATE, chosen, ui: { ...INITIAL_STATE.ui, selected } },
      );
      end = (over) => {
        dashboard.close();
        terminal.close(over);
      };
      // Whoever had the keyboard is gone.
      keyboard.once('end', () => leave('SIGHUP'));
      terminal.open();
    });
    return left;
  } finally {
    end(left !== 'quit');
  }
}
