import { ABOUT_ERRATA, ERRATA } from '../../machine/machine.ts';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import type { Entry } from '../../script/entry.ts';
import { BEHAVIOURS } from '../../script/grammar/behaviours.ts';
import { usage } from '../../script/vocabulary.ts';
import { type Definition, definitionList, sentence } from './definitions.ts';

/** What the shell adds to a word of the language. */
const SHELL_OPTIONS: Readonly<Record<string, readonly Definition[]>> = {
  write: [
    ['-', 'as TEXT: standard input'],
    ['-v', 'print what is stored then; before FILE'],
  ],
  set: [['-v', 'print what is stored then; before CGROUP']],
  ...Object.fromEntries(
    ['get', 'ps', 'tree', 'faults'].map((word) => [word, [['--json', 'print one JSON object'] as const]]),
  ),
};

/** How a word of the language is used, with an example. `before`: what stands before it (`run TASK `). */
export function wordHelp<T>(entry: Entry<T>, look: Look, before = ''): string {
  const paint = palette(look.color);
  const options = [
    ...entry.signature.options.map(
      ({ flag, kind, label, summary }): Definition => [kind === null ? flag : `${flag} ${label}`, summary],
    ),
    ...(SHELL_OPTIONS[entry.word] ?? []),
  ];
  const behaviours = entry.signature.arguments.some(({ kind }) => kind === 'behaviour')
    ? BEHAVIOURS.map((each): Definition => [each.word, each.summary])
    : [];
  const errata =
    entry.word === 'machine' ? ERRATA.map((name): Definition => [`errata=${name}`, ABOUT_ERRATA[name]]) : [];
  const also = entry.aliases.length > 0 ? [`Also: ${entry.aliases.join(', ')}.`] : [];
  const blocks = [
    hanging(`memcg ${before}${usage(entry)}`, look.width).map(paint.title),
    paragraph([`${sentence(entry.summary)}.`, ...also].join(' '), look.width, '  '),
    definitionList(options, look.width),
    definitionList(errata, look.width),
    behaviours.length === 0 ? [] : [paint.label('BEHAVIOUR'), ...definitionList(behaviours, look.width)],
    [paint.label('Example'), `  ${typed(before, entry.word, entry.example)}`],
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What a shell is given. A machine that is up is no other by a line: the word stands in a script. */
const typed = (before: string, word: string, example: string): string =>
  before === '' && word === 'machine' ? `echo '${example}' | memcg replay -` : `memcg ${example}`;

/** In lines, those after the first indented. */
export function hanging(text: string, width: number): string[] {
  const [first = '', ...more] = paragraph(text, width - 4);
  return [first, ...more.map((line) => `    ${line}`)];
}
