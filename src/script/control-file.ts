import type { Watched } from '../machine/machine.ts';
import { suggestion } from './nearest.ts';
import { type FileName, fullName, join, shortName, shown } from './paths.ts';
import { type Failure, failure, refused } from './world.ts';

/** Control files of the machine, as the language names them. */

export interface NamedFile {
  readonly cgroup: string;
  /** Full name. */
  readonly name: string;
  readonly path: string;
  /** As messages name it: `web/memory.failcnt`. */
  readonly shown: string;
}

/** Where a file is looked for. */
export interface FileWorld {
  readonly machine: Watched;
  readonly group: string;
}

export function controlFile(world: Pick<FileWorld, 'group'>, { cgroup, name }: FileName): NamedFile {
  return fileOf(cgroup ?? world.group, name);
}

export function fileOf(cgroup: string, name: string): NamedFile {
  const full = fullName(name);
  const path = join(cgroup, full);
  return { cgroup, name: full, path, shown: shown(path) };
}

export interface Content {
  readonly ok: true;
  readonly text: string;
}

/** What a file holds, to the byte. `verb` begins the message of a refusal. */
export function contentOf(world: FileWorld, file: NamedFile, verb: string): Content | Failure {
  const content = world.machine.read(file.path);
  if (content.ok) return { ok: true, text: content.value };
  const why = content.why + (content.errno === 'ENOENT' ? missing(world.machine, file) : '');
  return refused(`${verb} ${file.shown}`, { ...content, why });
}

/** A file's text less its last newline, or the value behind `key`. */
export function valueIn(world: FileWorld, name: FileName, verb: string): Content | Failure {
  const file = controlFile(world, name);
  const content = contentOf(world, file, verb);
  if (!content.ok) return content;
  const text = withoutNewline(content.text);
  if (name.key === null) return { ok: true, text };

  const lines = text.split('\n').map((line) => line.split(' '));
  const line = lines.find(([key]) => key === name.key);
  if (line !== undefined && line.length > 1) return { ok: true, text: line.slice(1).join(' ') };
  const near = suggestion(
    name.key,
    lines.filter((each) => each.length > 1).map(([key]) => key),
  );
  return failure('mistake', `${verb} ${file.shown}: it has no line '${name.key}'${near}`);
}

export const withoutNewline = (text: string): string => (text.endsWith('\n') ? text.slice(0, -1) : text);

/** What may have been meant by a file that is not there. */
function missing(machine: Watched, file: NamedFile): string {
  const names = machine.list(file.cgroup);
  if (!names.ok) return suggestion(shown(file.cgroup), machine.cgroups().map(shown));
  const files = names.value.filter((each) => !each.directory).map((each) => shortName(each.name));
  return suggestion(shortName(file.name), files);
}
