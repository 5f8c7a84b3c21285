import type { Argument, Command, Option } from 'commander';
import { type Look, palette } from '../../report/look.ts';
import { paragraph } from '../../report/table.ts';
import { type Definition, definitionList, termWidth } from './definitions.ts';
import { hanging } from './word-help.ts';

/** How a command of the program is used, as that of the language's words is told. */
export function commandHelp(command: Command, look: Look): string {
  const { title } = palette(look.color);
  const operands = command.registeredArguments.map((each): Definition => [placeholder(each), aboutOf(each)]);
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map((each): Definition => [upper(each.flags), aboutOf(each)]);
  const usage = [
    'memcg',
    command.name(),
    ...(options.length > 0 ? ['[OPTION...]'] : []),
    ...operands.map(([term]) => term),
  ];
  const column = termWidth([...operands, ...options]);
  const blocks = [
    hanging(usage.join(' '), look.width).map(title),
    paragraph(command.description(), look.width, '  '),
    [...operands, ...options].length === 0
      ? []
      : definitionList([...operands, ...options], look.width, column),
    ...textBehind(command)
      .split('\n\n')
      .map((block) => reflowed(block, look)),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Notes and examples, as the command has them. */
function textBehind(command: Command): string {
  let text = '';
  command.configureHelp({ formatHelp: () => '' }).configureOutput({ writeOut: (some) => (text += some) });
  command.outputHelp();
  return text.trim();
}

/** Lines that are indented stay as they are, and so does the heading above them. */
function reflowed(block: string, look: Look): string[] {
  const lines = block.split('\n');
  const { label } = palette(look.color);
  if (lines.slice(1).some((line) => line.startsWith('  '))) return [label(lines[0]), ...lines.slice(1)];
  return paragraph(lines.join(' '), look.width, '  ');
}

const upper = (flags: string): string =>
  flags.replace(/<([^>]+)>|\[([^\]]+)\]/g, (_, needed: string | undefined, maybe: string) =>
    needed === undefined ? `[${maybe.toUpperCase()}]` : needed.includes('|') ? needed : needed.toUpperCase(),
  );

function placeholder(argument: Argument): string {
  const name = `${argument.name().toUpperCase()}${argument.variadic ? '...' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function aboutOf(each: Argument | Option): string {
  const choices = each.argChoices === undefined ? [] : [each.argChoices.join(', ')];
  const env = 'envVar' in each && each.envVar !== undefined ? [each.envVar] : [];
  const usual = typeof each.defaultValue === 'string' ? [`else ${each.defaultValue}`] : [];
  const aside = [...choices, [...env, ...usual].join(', ')].filter((text) => text !== '');
  return aside.length === 0 ? each.description : `${each.description} (${aside.join('; ')})`;
}
