import type { ScriptStageSettings } from '../../dashboard/stage/script-stage.ts';
import type { RunResult } from '../../script/result.ts';
import { completeLine } from '../completion/line-candidates.ts';

/**
 * Plays a script on the terminal until one leaves it; the run as far as it went. A signal that ends
 * programs ends this one, without a report.
 */
export async function watchScript(
  settings: Omit<ScriptStageSettings, 'complete'>,
  color: boolean,
): Promise<RunResult> {
  const { openScriptStage } = await import('../../dashboard/stage/open.ts');
  const { showOnTerminal } = await import('../output/show-on-terminal.ts');
  const stage = await openScriptStage({ ...settings, complete: completeLine });
  try {
    const left = await showOnTerminal(stage, { color, selected: settings.group, chosen: false });
    if (left === 'SIGTERM' || left === 'SIGHUP') process.kill(process.pid, left);
  } finally {
    await stage.close();
  }
  return stage.result;
}
