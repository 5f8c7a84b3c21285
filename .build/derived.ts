/** What dist has of the help texts and of the grammar: the page of `man memcg`, and how an editor colours scripts. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND_NAMES } from '../src/cli/command-names.ts';
import { commandHelp } from '../src/cli/help/command-help.ts';
import { CONCEPT_WORDS } from '../src/cli/help/concepts.ts';
import { overview } from '../src/cli/help/overview.ts';
import { helpOn } from '../src/cli/help/topic.ts';
import { loadCommand } from '../src/cli/load-command.ts';
import { OPERATOR_WORDS } from '../src/script/condition.ts';
import { BEHAVIOURS } from '../src/script/grammar/behaviours.ts';
import { VOCABULARY } from '../src/script/vocabulary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
/** A page of man(1) is indented by 7 columns. */
const LOOK = { width: 72, color: false, unicode: true };

const helpText = (topic: string): string => {
  const text = helpOn(topic, LOOK);
  if (typeof text !== 'string') throw new Error(text.unknown);
  return text;
};

/** As it is, line by line. */
const verbatim = (text: string): string =>
  `.nf\n${text
    .trimEnd()
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^(?=[.'])/gm, '\\&')}\n.fi\n`;

async function manPage(): Promise<string> {
  const commands = await Promise.all(
    COMMAND_NAMES.map(async (name) => [name, commandHelp(await loadCommand(name), LOOK)] as const),
  );
  const told = (topics: readonly string[]) => topics.map((topic) => [topic, helpText(topic)] as const);
  const sections: (readonly [string, readonly (readonly [string, string])[]])[] = [
    ['COMMANDS', commands],
    ['THE LANGUAGE', told(VOCABULARY.map(({ word }) => word))],
    ['WHAT TASKS DO', told(BEHAVIOURS.map(({ word }) => word))],
    ['WORDS', told(CONCEPT_WORDS)],
  ];
  return [
    `.TH MEMCG 1 "" "memcg ${version}" "User Commands"\n`,
    '.SH NAME\nmemcg \\- an emulated machine with memory cgroups, in your shell\n',
    `.SH SYNOPSIS\n${verbatim(overview(LOOK))}`,
    ...sections.map(
      ([title, texts]) =>
        `.SH ${title}\n${texts.map(([name, text]) => `.SS ${name}\n${verbatim(text)}`).join('')}`,
    ),
    `.SH CONTROL FILES\n${verbatim(helpText('files'))}`,
  ].join('');
}

const oneOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replaceAll(/[-[\]{}()*+?.,\\^$|#]/g, '\\$&'))
    .join('|');

const words = VOCABULARY.flatMap(({ word, aliases }) => [word, ...aliases]);
const flags = [...VOCABULARY, ...BEHAVIOURS].flatMap(({ signature }) =>
  signature.options.map(({ flag }) => flag),
);

const grammar = {
  name: 'memcg',
  scopeName: 'source.memcg',
  fileTypes: ['memcg'],
  patterns: [
    { name: 'comment.line.number-sign.memcg', match: '(?<=^|\\s)#.*$' },
    { name: 'string.quoted.single.memcg', begin: "'", end: "'" },
    {
      name: 'string.quoted.double.memcg',
      begin: '"',
      end: '"',
      patterns: [{ name: 'constant.character.escape.memcg', match: '\\\\(x[0-9A-Fa-f]{2}|.)' }],
    },
    {
      match: `^\\s*(run|start)\\s+(\\S+)\\s+(${oneOf(BEHAVIOURS.map(({ word }) => word))})(?=\\s|$)`,
      captures: {
        1: { name: 'keyword.control.memcg' },
        2: { name: 'variable.other.memcg' },
        3: { name: 'support.function.memcg' },
      },
    },
    { name: 'keyword.control.memcg', match: `^\\s*(${oneOf(words)})(?=\\s|$)` },
    { name: 'variable.parameter.memcg', match: `(?<=\\s)(${oneOf([...new Set(flags)])})(?=\\s|$)` },
    { name: 'keyword.operator.memcg', match: `(?<=\\s)(${oneOf(OPERATOR_WORDS)})(?=\\s)` },
    {
      name: 'constant.numeric.memcg',
      match: '(?<=[\\s=])[0-9]+(\\.[0-9]+)?([kmgtKMGT]|ns|us|ms|s|m|h|%)?(/s)?(?=\\s|$)',
    },
  ],
};

await writeFile(join(root, 'dist/memcg.1'), await manPage());
await writeFile(join(root, 'dist/memcg.tmLanguage.json'), `${JSON.stringify(grammar, null, 1)}\n`);
