import { encodeText } from '../../kernel/text.ts';
import { isSet, PAGE_SIZE } from '../../kernel/units.ts';
import { cardOf, kindOf } from '../../machine/kernels.ts';
import { figureNamesIn, type Operation } from '../../machine/machine.ts';
import type { FilesCommand } from '../command.ts';
import { controlFile, fileOf, type NamedFile, placed, withoutNewline } from '../control-file.ts';
import { inAllowedOrder } from '../marks.ts';
import { fullName, join, parentOf, shown } from '../paths.ts';
import { sizeMeant, sizeText } from '../values.ts';
import { andThen, FINE, failure, inTurn, type Outcome, type Soon, type World } from '../world.ts';

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
  return world.input().then((input) => {
    const written = world.drive({ op: 'write', path: target.path, data: input }, `write ${target.shown}`);
    return placed(world, target.path, written);
  });
}

function writeTo(world: World, file: NamedFile, text: string): Soon<Outcome> {
  const { path, name } = file;
  const outcome = world.drive({ op: 'write', path, data: encodeText(text) }, `write ${file.shown}`);
  const told = placed(world, path, outcome);
  if (kindOf(name) !== 'bytes') return told;
  return andThen(told, (done) =>
    done.ok || done.errno !== 'EINVAL' ? done : { ...done, why: done.why + bytesMeant(world, file, text) },
  );
}

/** What a size that no kernel reads may have been; of a share, what it comes to. */
function bytesMeant({ machine }: World, { cgroup }: NamedFile, text: string): string {
  const percent = /^(\d{1,3}(?:\.\d+)?) ?%$/.exec(text);
  if (percent === null) return sizeMeant(text);
  const { file } = figureNamesIn(machine.options).limit;
  const limit = machine.usage(cgroup).limit;
  const share = Math.floor(limit * (Number(percent[1]) / 100)) * PAGE_SIZE;
  return isSet(limit) ? `: ${text} of ${file} is ${sizeText(share)}` : ': it is bytes, no share';
}

export function rewrite(world: World, { file, text }: Of<'rewrite'>): Soon<Outcome> {
  const { path, shown } = controlFile(world, file);
  return world.drive({ op: 'rewrite', path, data: encodeText(text) }, `rewrite ${shown}`);
}

export function openOrClose(world: World, { name, file }: Of<'open' | 'close'>): Soon<Outcome> {
  const { path, shown } = controlFile(world, file);
  return world.drive({ op: name, path }, `${name} ${shown}`);
}

export function set(world: World, { cgroup, values, weak }: Of<'set'>): Soon<Outcome> {
  if (weak && world.marksGiven) return FINE;
  const named = (name: string): NamedFile => fileOf(cgroup, weak ? nameHere(world, name) : name);
  const all = values.map(({ name, value }) => ({ ...named(name), value }));
  // Marks that nobody insists on are left out where the machine's policy has none such.
  const writes = weak ? all.filter((file) => isThere(world, file)) : all;
  const twice = writes.find((write, i) => writes.findIndex((each) => each.name === write.name) !== i);
  if (twice !== undefined) return failure('mistake', `set ${shown(cgroup)}: ${twice.name} is given twice`);
  const listed = world.machine.list(cgroup);
  const lacking = listed.ok && writes.find(({ name }) => !listed.value.some((each) => each.name === name));
  // It is refused before another has been written.
  if (lacking) return writeTo(world, lacking, lacking.value);
  const current = (name: string): bigint | null => {
    const text = world.machine.read(join(cgroup, name));
    return text.ok ? sizeShown(withoutNewline(text.value)) : null;
  };
  return inTurn(inAllowedOrder(writes, current), (each) => writeTo(world, each, each.value));
}

/** A recording has the names of 2.6.26's series: those of the same marks under this machine's kernel and policy. */
function nameHere({ machine: { options } }: World, name: string): string {
  const { start, stop } = cardOf(options);
  const marks: Readonly<Record<string, string | undefined>> = {
    'memory.limit_in_bytes': figureNamesIn(options).limit.file,
    'memory.high_wmark_in_bytes': start?.knob,
    'memory.low_wmark_in_bytes': stop?.knob,
  };
  const here = marks[fullName(name)];
  return here !== undefined && kindOf(fullName(here)) === 'bytes' ? here : name;
}

/** What a mark's file reads, bytes: max is above all that can be written. */
const sizeShown = (text: string): bigint => (text === 'max' ? 1n << 64n : BigInt(text));

const isThere = ({ machine }: World, { cgroup, path }: NamedFile): boolean =>
  machine.read(path).ok || !machine.list(cgroup).ok;

export function mkdir(world: World, { cgroups, parents, mode, owner }: Of<'mkdir'>): Soon<Outcome> {
  const how: MkdirHow = { ...(mode !== undefined && { mode }), ...(owner !== undefined && { owner }) };
  return inTurn(cgroups, (path) => (parents ? mkdirAll(world, path, how) : mkdirOne(world, path, how)));
}

type MkdirHow = Pick<Extract<Operation, { op: 'mkdir' }>, 'mode' | 'owner'>;

const mkdirOne = (world: World, path: string, how: MkdirHow): Soon<Outcome> =>
  placed(world, path, world.drive({ op: 'mkdir', path, ...how }, `mkdir ${shown(path)}`));

/** Those above have the usual mode: they are to be passed through. */
function mkdirAll(world: World, path: string, { mode, owner }: MkdirHow): Soon<Outcome> {
  const steps = path
    .split('/')
    .slice(1)
    .map((_, i, parts) => `/${parts.slice(0, i + 1).join('/')}`);
  const there = new Set(world.machine.cgroups());
  return inTurn(
    steps.filter((step) => !there.has(step)),
    (step) =>
      mkdirOne(world, step, {
        ...(owner !== undefined && { owner }),
        ...(mode !== undefined && step === path && { mode }),
      }),
  );
}

export const rmdir = (world: World, { cgroups, recursive }: Of<'rmdir'>): Soon<Outcome> =>
  inTurn(cgroups, (path) => {
    const below = recursive ? world.machine.cgroups().filter((each) => each.startsWith(join(path, ''))) : [];
    // Deepest first: a cgroup with children is busy.
    const depth = (each: string): number => each.split('/').length;
    const order = below.filter((each) => each !== path).sort((a, b) => depth(b) - depth(a));
    return inTurn([...order, path], (each) =>
      placed(world, each, world.drive({ op: 'rmdir', path: each }, `rmdir ${shown(each)}`)),
    );
  });

export const chmod = (world: World, { mode, path }: Of<'chmod'>): Soon<Outcome> =>
  change(world, path, 'chmod', (found) => ({ op: 'chmod', path: found, mode }));

export const chown = (world: World, { owner, path }: Of<'chown'>): Soon<Outcome> =>
  change(world, path, 'chown', (found) => ({ op: 'chown', path: found, ...owner }));

export const utimes = (world: World, { atime, mtime, path }: Of<'utimes'>): Soon<Outcome> =>
  change(world, path, 'utimes', (found) => ({ op: 'utimes', path: found, atime, mtime }));

/** What is no cgroup is a file, whose prefix may be left out. */
function change(world: World, path: string, verb: string, by: (path: string) => Operation): Soon<Outcome> {
  const isCgroup = world.machine.list(path).ok;
  const found = isCgroup ? path : fileOf(parentOf(path), path.slice(path.lastIndexOf('/') + 1)).path;
  return placed(world, found, world.drive(by(found), `${verb} ${shown(path)}`));
}

export const mv = (world: World, { from, to }: Of<'mv'>): Soon<Outcome> =>
  placed(world, from, world.drive({ op: 'rename', from, to }, `mv ${shown(from)} ${shown(to)}`));
