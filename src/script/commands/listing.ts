import { markSize } from '../../kernel/numbers.ts';
import { isPrintable } from '../../kernel/visible.ts';
import { treeColumnsOf } from '../../machine/machine.ts';
import type { FilesCommand } from '../command.ts';
import { contentOf, controlFile, fileOf, type NamedFile, valueIn, withoutNewline } from '../control-file.ts';
import { columns, humanText } from '../human.ts';
import { join, shown } from '../paths.ts';
import { quote } from '../words.ts';
import {
  andThen,
  type Failure,
  FINE,
  inTurn,
  type Outcome,
  refused,
  type Soon,
  type World,
} from '../world.ts';

/** Commands that show what the cgroupfs holds and change nothing. */

type Of<N extends FilesCommand['name']> = Extract<FilesCommand, { name: N }>;

export const cat = (world: World, { files, human }: Of<'cat'>): Soon<Outcome> =>
  inTurn(files, (name) => {
    const file = controlFile(world, name);
    return read(world, file, 'cat', () => {
      const content = name.key === null ? contentOf(world, file, 'cat') : valueIn(world, name, 'cat');
      if (!content.ok) return content;
      const text = human ? humanText(file.name, name.key, content.text) : content.text;
      world.print(name.key === null ? text : `${text}\n`);
      return FINE;
    });
  });

/** A file as a program reads it: with the fault that waits for it. */
function read(world: World, { path, shown }: NamedFile, verb: string, show: () => Outcome): Soon<Outcome> {
  if (world.machine.nextFault(path, 'read') === null) return show();
  const attempt = world.drive({ op: 'attempt', path, access: 'read' }, `${verb} ${shown}`);
  return andThen(attempt, (outcome) => (outcome.ok ? show() : outcome));
}

export function ls(world: World, { cgroup, recursive }: Of<'ls'>): Outcome {
  const queue = [cgroup];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    const names = world.machine.list(path);
    if (!names.ok) return refused(`ls ${shown(path)}`, names);
    if (recursive) world.print(`${path === cgroup ? '' : '\n'}${onOneLine(shown(path))}:\n`);
    for (const { name, directory } of names.value) world.print(`${onOneLine(name)}${directory ? '/' : ''}\n`);
    const below = names.value.filter((each) => each.directory).map((each) => join(path, each.name));
    if (recursive) queue.unshift(...below);
  }
  return FINE;
}

/** Bytes that are no UTF-8 (kernel/text.ts), and no control of an old terminal's either: they are printed as they are. */
const BYTES = /[\u{dca0}-\u{dcff}]/gu;

/** A name may hold a newline, and what moves a terminal's cursor: then it is shown as it would be written. */
export const onOneLine = (name: string): string =>
  isPrintable(name.replace(BYTES, '')) ? name : quote([name]);

export function tree(world: World, { cgroup }: Of<'tree'>): Outcome {
  const columnsOf = treeColumnsOf(world.machine.options.kernel);
  const rows: string[][] = [['CGROUP', ...Object.keys(columnsOf)]];
  const failed = branch(world, cgroup, '', '', rows, Object.values(columnsOf));
  if (failed !== null) return failed;
  world.print(columns(rows, new Set([1, 2, 3, 4])));
  return FINE;
}

function branch(
  world: World,
  path: string,
  lead: string,
  indent: string,
  rows: string[][],
  files: readonly string[],
): Failure | null {
  const names = world.machine.list(path);
  if (!names.ok) return refused(`tree ${shown(path)}`, names);
  const name = rows.length === 1 ? shown(path) : path.slice(path.lastIndexOf('/') + 1);
  const sizes = files.map((file) => sizeIn(world, path, file));
  rows.push([lead + onOneLine(name), ...sizes]);
  // The oldest first, as they were made.
  const below = names.value.filter((each) => each.directory).reverse();
  for (const [i, each] of below.entries()) {
    const last = i === below.length - 1;
    const child = join(path, each.name);
    const failed = branch(
      world,
      child,
      `${indent}${last ? '└─ ' : '├─ '}`,
      `${indent}${last ? '   ' : '│  '}`,
      rows,
      files,
    );
    if (failed !== null) return failed;
  }
  return null;
}

function sizeIn(world: World, cgroup: string, name: string): string {
  const text = world.machine.read(fileOf(cgroup, name).path);
  if (!text.ok) return '-';
  const value = withoutNewline(text.value);
  return /^\d+$/.test(value) ? markSize(BigInt(value)) : value;
}

/** As cgget(1) of libcgroup prints: a path, its files, an empty line; further lines of a value are indented. */
export const get = (world: World, command: Of<'get'>): Soon<Outcome> =>
  inTurn(command.cgroups, (cgroup) => {
    const { names, noHeaders } = command;
    const files = names.length > 0 ? names.map((name) => fileOf(cgroup, name)) : filesOf(world, cgroup);
    if (!Array.isArray(files)) return files;
    if (!noHeaders) world.print(`${onOneLine(shown(cgroup))}:\n`);
    return andThen(
      inTurn(files, (file) => read(world, file, 'get', () => printFile(world, file, command))),
      (outcome) => {
        if (outcome.ok && !noHeaders) world.print('\n');
        return outcome;
      },
    );
  });

/** Of all files those are left out that can't be read. */
function printFile(world: World, file: NamedFile, { names, valuesOnly, human }: Of<'get'>): Outcome {
  const content = contentOf(world, file, 'get');
  if (!content.ok) return names.length === 0 && content.errno === 'EINVAL' ? FINE : content;
  const text = withoutNewline(human ? humanText(file.name, null, content.text) : content.text);
  world.print(`${valuesOnly ? '' : `${file.name}: `}${text.replaceAll('\n', '\n\t')}\n`);
  return FINE;
}

/** The controller's files, as `cgget -g memory`. */
function filesOf(world: World, cgroup: string): NamedFile[] | Failure {
  const names = world.machine.list(cgroup);
  if (!names.ok) return refused(`get ${shown(cgroup)}`, names);
  return names.value
    .filter((each) => each.name.startsWith('memory.'))
    .map((each) => fileOf(cgroup, each.name));
}
