import { has, number } from './described.ts';
import type { SystemCall } from './strace-lines.ts';

/** mm_struct, as far as calls tell of anonymous memory: brk(2), mmap(2) and what undoes them. Bytes. */
interface Space {
  /** Where its heap begins; null: it has not been asked. */
  heap: number | null;
  end: number;
  readonly areas: Map<number, number>;
  areasSize: number;
  /** The most that there was of both since somebody looked at the process; and what there was then. */
  most: number;
  before: number;
  /** What it really had then, when that was, and by how much it grew in a microsecond. */
  seen: number;
  seenAt: number;
  rate: number;
  users: number;
  /** It began with execve(2). */
  readonly isProgram: boolean;
}

/**
 * The memory of processes that nobody has looked at before they ended: what they asked for, which is what they had if they
 * touched it all. Of one that was looked at before it is what it had then, and what it asked for since; or what it had asked for
 * and was still touching, as fast as before. Times are microseconds since 1970.
 */
export class AddressSpaces {
  readonly #spaces = new Map<number, Space>();
  /** Of those that have ended since somebody looked. */
  #ended = 0;

  /** `anon`: what those who live have, by their pids. Answers the most that one of those had who ended since. */
  look(anon: ReadonlyMap<number, number>, now: number): number {
    const ended = this.#ended;
    this.#ended = 0;
    for (const [pid, seen] of anon) {
      const space = this.#spaces.get(pid);
      if (space === undefined) continue;
      space.rate = space.seenAt === 0 ? 0 : Math.max(0, seen - space.seen) / Math.max(1, now - space.seenAt);
      space.seen = seen;
      space.seenAt = now;
      space.most = sizeOf(space);
      space.before = space.most;
    }
    return ended;
  }

  break({ pid, result }: SystemCall): void {
    const space = this.#of(pid);
    space.end = number(result);
    space.heap ??= space.end;
    note(space);
  }

  map({ pid, args, result }: SystemCall): void {
    const [start, size, flags] = [number(result), number(args[1]), args[3] ?? ''];
    const space = this.#of(pid);
    take(space, start, size);
    const isMemory =
      has(args[2] ?? '', 'PROT_WRITE') && has(flags, 'MAP_ANONYMOUS') && has(flags, 'MAP_PRIVATE');
    // A stack is touched at its end alone, and what is reserved not at all.
    if (!isMemory || has(flags, 'MAP_STACK') || has(flags, 'MAP_NORESERVE')) return;
    give(space, start, size);
  }

  unmap({ pid, args }: SystemCall): void {
    take(this.#of(pid), number(args[0]), number(args[1]));
  }

  remap({ pid, args, result }: SystemCall): void {
    const space = this.#of(pid);
    const [from, size, to, wanted] = [number(args[0]), number(args[1]), number(result), number(args[2])];
    const was = take(space, from, size);
    take(space, to, wanted);
    if (was > 0) give(space, to, wanted);
  }

  cloned(parent: number, child: number, shares: boolean): void {
    // vfork(2) is over when the child runs a program, and may be told of after that.
    if (this.#spaces.get(child)?.isProgram) return;
    const space = this.#of(parent);
    // What a fork copies it has in common with its parent until it writes to it.
    if (shares) this.#give(child, space);
    else if (!this.#spaces.has(child)) this.#give(child, newSpace());
  }

  executed(pid: number, time: number): void {
    this.exited(pid, time);
    this.#give(pid, { ...newSpace(), isProgram: true });
  }

  exited(pid: number, time: number): void {
    const space = this.#spaces.get(pid);
    if (space === undefined) return;
    this.#spaces.delete(pid);
    space.users -= 1;
    if (space.users > 0) return;
    const { seen, seenAt, rate, most, before } = space;
    const touched = Math.min(most, seen + rate * Math.max(0, time - seenAt));
    this.#ended = Math.max(this.#ended, seen + most - before, touched);
  }

  #of(pid: number): Space {
    return this.#spaces.get(pid) ?? this.#give(pid, newSpace());
  }

  #give(pid: number, space: Space): Space {
    space.users += 1;
    this.#spaces.set(pid, space);
    return space;
  }
}

const newSpace = (): Space => ({
  heap: null,
  end: 0,
  areas: new Map(),
  areasSize: 0,
  most: 0,
  before: 0,
  seen: 0,
  seenAt: 0,
  rate: 0,
  users: 0,
  isProgram: false,
});

const sizeOf = ({ heap, end, areasSize }: Space): number => areasSize + (heap === null ? 0 : end - heap);

function note(space: Space): void {
  space.most = Math.max(space.most, sizeOf(space));
}

function give(space: Space, start: number, size: number): void {
  space.areas.set(start, start + size);
  space.areasSize += size;
  note(space);
}

/** Cuts the range out of all areas; answers how much of it was there. */
function take(space: Space, from: number, size: number): number {
  const to = from + size;
  let taken = 0;
  for (const [start, end] of [...space.areas]) {
    if (end <= from || start >= to) continue;
    space.areas.delete(start);
    if (start < from) space.areas.set(start, from);
    if (end > to) space.areas.set(to, end);
    taken += Math.min(end, to) - Math.max(start, from);
  }
  space.areasSize -= taken;
  return taken;
}
