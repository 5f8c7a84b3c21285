import type { RunResult } from '../../script/result.ts';
import type { RunSettings } from '../../script/run.ts';
import type { ConnectOptions } from '../../session/client.ts';
import type { Speed } from '../../session/protocol.ts';
import type { Stage } from '../stage.ts';
import type { Completer } from './completer.ts';

/** The ways to a stage; each loads what it needs when it is asked for. */

export interface SessionStageSettings {
  /** See ConnectOptions: which session, and what to do when none is up. */
  readonly connect: ConnectOptions;
  /** The default group, absolute: `/default`. */
  readonly group: string;
  /** Absolute: what paths of traces and scripts in lines are relative to. */
  readonly directory: string;
  /** Candidates for the last word of a line; left out: none are offered. */
  readonly complete?: Completer;
}

/** Where the script is `-`, the keyboard has to be elsewhere. */
export interface ScriptStageSettings
  extends Pick<RunSettings, 'script' | 'stdin' | 'boot' | 'group' | 'options' | 'before'> {
  readonly speed?: Speed;
  readonly complete?: Completer;
}

/** A script that plays; its result is that of `memcg replay`, to the byte, unless something was typed into it. */
export interface ScriptStage extends Stage {
  /** Resolves at the script's end; after close() before that, with the run as far as it went, interrupted. */
  readonly result: Promise<RunResult>;
}

/**
 * The stage of a session, with a mirror of its machine in this process. Rejects with a
 * SessionError as connect() does, or with a SessionError of kind `world` when the
 * session's folder can't be read.
 */
export async function openSessionStage(settings: SessionStageSettings): Promise<Stage> {
  const { LiveStage } = await import('./live-stage.ts');
  return LiveStage.open(settings);
}

/** The stage of a script, which plays from the first advance() on. A script that can't be read has an early end. */
export async function openScriptStage(settings: ScriptStageSettings): Promise<ScriptStage> {
  const { PlayingStage } = await import('./script-stage.ts');
  return PlayingStage.open(settings);
}
