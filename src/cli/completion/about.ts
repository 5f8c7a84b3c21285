import { controlFileNamed, findPolicy } from '../../machine/kernels.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { fullName } from '../../script/paths.ts';
import { entryFor } from '../../script/vocabulary.ts';
import { COMMAND_GROUPS, isCommandName } from '../command-names.ts';
import { splitLeading } from '../invocation.ts';
import { loadCommand } from '../load-command.ts';

const COMMANDS: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(COMMAND_GROUPS));

/** What a candidate is, in a few words, behind these; '' where its name says it. */
export async function aboutOf(candidate: string, words: readonly string[]): Promise<string> {
  const [, [command]] = splitLeading(words);
  if (candidate.startsWith('-')) return ofOption(candidate, command);
  if (command === undefined || command === 'help') {
    const told = COMMANDS[candidate] ?? entryFor(candidate)?.summary;
    if (told !== undefined) return told;
  }
  const behaviour = BEHAVIOURS.find(({ word }) => word === candidate);
  if (behaviour !== undefined) return behaviour.summary;
  const name = candidate.slice(candidate.lastIndexOf('/') + 1).replace(/=$/, '');
  const file = name === '' ? undefined : (controlFileNamed(name) ?? controlFileNamed(fullName(name)));
  return file?.about ?? findPolicy(candidate.replace(/^policy=/, ''))?.about ?? '';
}

async function ofOption(flag: string, command: string | undefined): Promise<string> {
  if (isCommandName(command)) {
    const { options } = await loadCommand(command);
    return options.find(({ long, short }) => flag === long || flag === short)?.description ?? '';
  }
  const options = command === undefined ? [] : (entryFor(command)?.signature.options ?? []);
  return options.find((each) => each.flag === flag)?.summary ?? '';
}
