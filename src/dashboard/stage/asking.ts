import type { Operation, Result } from '../../machine/machine.ts';
import { execute } from '../../script/interpreter.ts';
import { parseLine } from '../../script/vocabulary.ts';
import {
  answered,
  type Failure,
  failure,
  type Opened,
  type Outcome,
  type TheMachine,
  type World,
} from '../../script/world.ts';
import { unawaited } from '../../session/operations.ts';
import type { Answer } from './stage.ts';

/** What a line that is typed works on. */
export interface Desk {
  readonly machine: TheMachine;
  /** The default group. */
  readonly group: string;
  /** Does an operation, whatever else is in hand; null: nothing can be done any more. */
  readonly between: ((operation: Operation) => Promise<Result<undefined>>) | null;
  readonly openTrace: (task: string, path: string, format: string | null) => Promise<Opened | Failure>;
}

const PAST = 'the past is as it was: ask what if, or go to the present';

/** Obeys a line that is typed into a machine whose time goes by itself: nothing is waited for. */
export async function obey(line: string, { machine, group, between, openTrace }: Desk): Promise<Answer> {
  const parsed = parseLine(line);
  if (parsed.kind === 'nothing') return { ok: true, text: '' };
  if (parsed.kind === 'mistake') return { ok: false, text: parsed.mistake.message };
  let text = '';
  const checks: string[] = [];
  const drive = async (operation: Operation, subject: string): Promise<Outcome> => {
    const { op } = operation;
    if (between === null) return failure('mistake', PAST);
    if (op === 'sleep' || op === 'let-pass' || op === 'wait-until' || op === 'wait-task')
      return failure('mistake', `${subject}: nothing is waited for here: time goes by itself`);
    const answer = await between(unawaited(operation));
    return answered(answer, subject);
  };
  const world: World = {
    machine,
    group,
    input: null,
    print: (part) => {
      text += part;
    },
    check: (check) => {
      if (!check.passed) checks.push(`${check.text}: found ${check.found}`);
    },
    drive,
    openTrace,
  };
  const outcome = await execute(parsed.command, world);
  if (!outcome.ok) return { ok: false, text: sentence(outcome.message, outcome.why) };
  return { ok: checks.length === 0, text: [...checks, text].join('\n').replace(/\n+$/, '') };
}

/** Answers a line from a machine of the past: it can be asked, but nothing can be done to it. */
export const recall = (line: string, machine: TheMachine, group: string): Promise<Answer> =>
  obey(line, { machine, group, between: null, openTrace: async () => failure('mistake', PAST) });

/** A refusal with its rule. */
export const sentence = (message: string, why: string): string =>
  why === '' ? message : `${message}: ${why}`;
