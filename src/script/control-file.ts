import type { Watched } from '../machine/machine.ts';
import { suggestion } from './nearest.ts';
import { type FileName, fullName, join, parentOf, shortName, shown } from './paths.ts';
import { andThen, type Failure, failure, type Outcome, refused, type Soon } from './world.ts';

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
  const why = content.why + (content.errno === 'ENOENT' ? meant(world.machine, file.path, content.why) : '');
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

/** An outcome that tells, where a path was not there, what may have been meant. */
export const placed = (
  { machine }: Pick<FileWorld, 'machine'>,
  path: string,
  outcome: Soon<Outcome>,
): Soon<Outcome> =>
  andThen(outcome, (done) =>
    done.ok || done.errno !== 'ENOENT' ? done : { ...done, why: done.why + meant(machine, path, done.why) },
  );

/** What may have been meant by a path that is not there, unless the kernel's own clause (behind a colon) has said it. */
function meant(machine: Watched, path: string, why: string): string {
  if (why.includes(': ')) return '';
  const parent = parentOf(path);
  const listed = machine.list(parent);
  if (!listed.ok) return suggestion(shown(parent), machine.cgroups().map(shown));
  const there = listed.value.map(({ name, directory }) =>
    directory ? shown(join(parent, name)) : shortName(name),
  );
  const name = path.slice(path.lastIndexOf('/') + 1);
  return suggestion(shortName(name), there) || suggestion(shown(path), there);
}
