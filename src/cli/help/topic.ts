import { CONTROL_FILES, controlFileNamed, findPolicy, POLICIES } from '../../machine/kernels.ts';
import { type Look, palette } from '../../report/look.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { suggestion } from '../../script/nearest.ts';
import { fullName, shortName } from '../../script/paths.ts';
import { entryFor, VOCABULARY } from '../../script/vocabulary.ts';
import { COMMAND_NAMES } from '../command-names.ts';
import { CONCEPT_WORDS, conceptHelp } from './concepts.ts';
import { definitionList, sentence } from './definitions.ts';
import { fileHelp } from './file-help.ts';
import { policyHelp } from './policy-help.ts';
import { wordHelp } from './word-help.ts';

/** Nobody knows of it; what may have been meant. */
export interface Unknown {
  readonly unknown: string;
}

/** What there is to say about a word: of the language, a behaviour's, a control file's, a policy's, or `files`. */
export function helpOn(topic: string, look: Look): string | Unknown {
  if (topic === 'files') return allFiles(look);
  const entry = entryFor(topic);
  if (entry !== null) return wordHelp(entry, look);
  const behaviour = BEHAVIOURS.find(({ word }) => word === topic);
  if (behaviour !== undefined) return wordHelp(behaviour, look, 'run TASK ');
  const concept = conceptHelp(topic, look);
  if (concept !== null) return concept;
  // As a path too: what a shell completed.
  const name = topic.slice(topic.lastIndexOf('/') + 1);
  const file = controlFileNamed(name) ?? controlFileNamed(fullName(name));
  if (file !== undefined) return fileHelp(file, look);
  const policy = findPolicy(topic);
  if (policy !== undefined) return policyHelp(policy, look);
  const known = [
    ...COMMAND_NAMES,
    ...VOCABULARY.map(({ word }) => word),
    ...BEHAVIOURS.map(({ word }) => word),
    ...CONTROL_FILES.map(({ name }) => shortName(name)),
    ...POLICIES,
    ...CONCEPT_WORDS,
    'files',
  ];
  return { unknown: `there is no command and no control file '${topic}'${suggestion(topic, known)}` };
}

function allFiles(look: Look): string {
  const { title } = palette(look.color);
  const files = CONTROL_FILES.map(({ name, about }) => [name, sentence(about)] as const);
  const lines = [title('Control files of a cgroup'), ...definitionList(files, look.width)];
  return `${lines.join('\n')}\n\n${title('memcg help FILE')} tells more; \`memory.\` may be left out.\n`;
}
