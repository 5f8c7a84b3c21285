import { ERRNO_TEXT } from '../../kernel/errno.ts';
import type { CheckCommand, Command } from '../command.ts';
import { meets } from '../condition.ts';
import { valueIn } from '../control-file.ts';
import { andThen, FINE, type Outcome, type Soon, type World } from '../world.ts';

/** Commands that check; what does not hold is counted and the script goes on. */

export function expect(world: World, { condition }: Extract<CheckCommand, { name: 'expect' }>): Outcome {
  const value = valueIn(world, condition.file, 'expect');
  if (!value.ok) return value;
  world.check({ passed: meets(condition, value.text), text: condition.text, found: value.text });
  return FINE;
}

export function fails(
  world: World,
  { errno, command, text }: Extract<CheckCommand, { name: 'fails' }>,
  execute: (command: Command, world: World) => Soon<Outcome>,
): Soon<Outcome> {
  return andThen(execute(command, world), (outcome): Outcome => {
    if (!outcome.ok && outcome.errno === null) return outcome;
    const answer = outcome.ok || outcome.errno === null ? null : outcome.errno;
    const found = answer === null ? 'it succeeded' : `${answer}: ${ERRNO_TEXT[answer]}`;
    world.check({ passed: answer === errno, text: `fails ${errno} ${text}`, found });
    return FINE;
  });
}
