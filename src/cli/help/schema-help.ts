import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Look, palette } from '../../report/look.ts';
import { suggestion } from '../../script/nearest.ts';
import { schemaFolder } from '../../script/package-files.ts';
import { definitionList } from './definitions.ts';
import type { Unknown } from './topic.ts';

/** Commands whose `--json` has a schema. */
export const schemaNames = (): string[] =>
  readdirSync(schemaFolder())
    .map((file) => file.replace(/\.json$/, ''))
    .sort();

const textOf = (name: string): string => readFileSync(join(schemaFolder(), `${name}.json`), 'utf8');

/** The JSON schema of what a command prints with `--json`; of none, which there are. */
export function schemaHelp(name: string | null, look: Look): string | Unknown {
  const names = schemaNames();
  if (name === null) {
    const { title } = palette(look.color);
    const told = names.map((each) => [each, JSON.parse(textOf(each)).description] as const);
    return `${title('What is printed with --json')}\n${definitionList(told, look.width).join('\n')}\n`;
  }
  if (names.includes(name)) return textOf(name);
  return { unknown: `no JSON of '${name}' has a schema${suggestion(name, names)}` };
}
