import { encodeText } from '../../kernel/text.ts';
import type { FilesCommand } from '../command.ts';
import { type ControlFile, controlFile, fileOf, withoutNewline } from '../control-file.ts';
import { inAllowedOrder } from '../marks.ts';
import { join, shown } from '../paths.ts';
import { failure, inTurn, type Outcome, type Soon, type World } from '../world.ts';

/** Commands that write control files and make and remove cgroups. */

type Of<N extends FilesCommand['name']> = Extract<FilesCommand, { name: N }>;

export function write(world: World, { file, text }: Of<'write'>): Soon<Outcome> {
  const target = controlFile(world, file);
  if (text !== '-') return writeTo(world, target, text);
  if (world.input === null) {
    return failure(
      'mistake',
      `write ${target.shown}: '-' is standard input, which a script can't read: write the text`,
    );
  }
  return world
    .input()
    .then((input) => world.drive({ op: 'write', path: target.path, data: input }, `write ${target.shown}`));
}

const writeTo = (world: World, file: ControlFile, text: string): Soon<Outcome> =>
  world.drive({ op: 'write', path: file.path, data: encodeText(text) }, `write ${file.shown}`);

export function set(world: World, { cgroup, values }: Of<'set'>): Soon<Outcome> {
  const writes = values.map(({ name, value }) => ({ ...fileOf(cgroup, name), value }));
  const twice = writes.find((write, i) => writes.findIndex((each) => each.name === write.name) !== i);
  if (twice !== undefined) return failure('mistake', `set ${shown(cgroup)}: ${twice.name} is given twice`);
  const current = (name: string): bigint | null => {
    const text = world.machine.read(join(cgroup, name));
    return text.ok ? BigInt(withoutNewline(text.value)) : null;
  };
  return inTurn(inAllowedOrder(writes, current), (each) => writeTo(world, each, each.value));
}

export const mkdir = (world: World, { cgroups, parents }: Of<'mkdir'>): Soon<Outcome> =>
  inTurn(cgroups, (path) => (parents ? mkdirAll(world, path) : mkdirOne(world, path)));

const mkdirOne = (world: World, path: string): Soon<Outcome> =>
  world.drive({ op: 'mkdir', path }, `mkdir ${shown(path)}`);

function mkdirAll(world: World, path: string): Soon<Outcome> {
  const steps = path
    .split('/')
    .slice(1)
    .map((_, i, parts) => `/${parts.slice(0, i + 1).join('/')}`);
  const there = new Set(world.machine.cgroups());
  return inTurn(
    steps.filter((step) => !there.has(step)),
    (step) => mkdirOne(world, step),
  );
}

export const rmdir = (world: World, { cgroups, recursive }: Of<'rmdir'>): Soon<Outcome> =>
  inTurn(cgroups, (path) => {
    const below = recursive ? world.machine.cgroups().filter((each) => each.startsWith(join(path, ''))) : [];
    // Deepest first: a cgroup with children is busy.
    const depth = (each: string): number => each.split('/').length;
    const order = below.filter((each) => each !== path).sort((a, b) => depth(b) - depth(a));
    return inTurn([...order, path], (each) =>
      world.drive({ op: 'rmdir', path: each }, `rmdir ${shown(each)}`),
    );
  });

export const mv = (world: World, { from, to }: Of<'mv'>): Soon<Outcome> =>
  world.drive({ op: 'rename', from, to }, `mv ${shown(from)} ${shown(to)}`);
