import type { SessionStage, SessionStageSettings } from './live-stage.ts';
import type { ScriptStage, ScriptStageSettings } from './script-stage.ts';

/** The ways to a stage; each loads what it needs when it is asked for. */

/**
 * The stage of a session, with a mirror of its machine in this process. Rejects with a
 * SessionError as connect() does, or with a SessionError of kind `world` when the
 * session's folder can't be read.
 */
export async function openSessionStage(settings: SessionStageSettings): Promise<SessionStage> {
  const { LiveStage } = await import('./live-stage.ts');
  return LiveStage.open(settings);
}

/** The stage of a script, which plays from the first advance() on. A script that can't be read has an early end. */
export async function openScriptStage(settings: ScriptStageSettings): Promise<ScriptStage> {
  const { PlayingStage } = await import('./script-stage.ts');
  return PlayingStage.open(settings);
}
