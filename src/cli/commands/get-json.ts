import { LLONG_MAX } from '../../kernel/units.ts';
import { kindOf } from '../../machine/kernels.ts';
import { parseLine } from '../../script/vocabulary.ts';
import { quote } from '../../script/words.ts';
import type { Invocation } from '../invocation.ts';
import { getLine, tell, tellMistake } from '../line.ts';
import { json, lookingAt } from '../on-session.ts';
import { chosenGroup } from '../options/session.ts';
import { misuse } from '../output/say.ts';

/** Control files by the absolute path of their cgroup and by their full names, which say what is bytes and what ns. */
export type GetJson = Record<string, Record<string, FileJson>>;

/** A number (null: a mark that was never set), lines of names and values, or the kernel's text less its last newline. */
type FileJson = ValueJson | Record<string, ValueJson>;
/** null: never set, or unknown. */
type ValueJson = number | string | null;

/** `get --json [-r NAME]... CGROUP...`. */
export async function getJson({ words, session, group }: Invocation): Promise<void> {
  const line = quote(words);
  const parsed = parseLine(line);
  if (parsed.kind === 'mistake') {
    process.exitCode = tellMistake(parsed.mistake, line);
    return;
  }
  if (parsed.kind !== 'command' || parsed.command.name !== 'get') return;
  const { names, cgroups, noHeaders, valuesOnly, human } = parsed.command;
  if (noHeaders || valuesOnly || human)
    return misuse('get --json prints paths, names and exact values: leave -n, -v and -h out');
  await lookingAt(session === null ? {} : { session }, async (client) => {
    const found: GetJson = {};
    for (const cgroup of cgroups) {
      const asked = getLine(names, cgroup);
      const params = { line: asked, group: chosenGroup(group), directory: process.cwd(), input: null };
      const { output, failure } = await client.request('execute', params);
      if (failure !== null) return tell({ ...failure, text: line });
      found[cgroup] = filesIn(output);
    }
    process.stdout.write(json(found));
    return 0;
  });
}

/** As `get -n` prints them: further lines of a value are indented. */
const filesIn = (output: string): Record<string, FileJson> =>
  Object.fromEntries(
    output.split(/\n(?!\t)/).flatMap((file) => {
      const [, name, text] = /^(.*?): ([\s\S]*)$/.exec(file) ?? [];
      return name === undefined ? [] : [[name, fileJson(name, text.replaceAll('\n\t', '\n'))]];
    }),
  );

function fileJson(name: string, text: string): FileJson {
  const kind = kindOf(name) ?? 'text';
  if (kind === 'text') return text;
  if (kind !== 'lines') return valueJson(text);
  const lines = text.split('\n').map((each) => each.split(' '));
  if (text === '' || lines.some((words) => words.length !== 2)) return text;
  return Object.fromEntries(lines.map(([key, value]) => [key, valueJson(value)]));
}

function valueJson(text: string): ValueJson {
  if (text === 'max' || text === 'unknown' || text === `${LLONG_MAX}`) return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}
