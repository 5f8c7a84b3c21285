import { cpuUsage } from 'node:process';
import { FileSet } from './file-set.ts';
import { Heir } from './inherited-io.ts';
import { less, type Moved, more, NOTHING_MOVED } from './moved.ts';
import { openFiles } from './open-files.ts';
import { WatchedProcess } from './process.ts';
import type { Source } from './sample.ts';
import { NOTHING_YET, type Sample } from './sample.ts';
import { selfSizing, sizedAdvice } from './self-sizing.ts';
import type { Strays } from './strays.ts';

/** A process and its descendants as one. */

/** Looks may take this share of a CPU. With more processes than fit in it they take turns. */
const SHARE = 0.005;
/** And looks at open files this one: of those that have moved so many bytes since, so many files. */
const FILES_SHARE = 0.002;
const MUCH = 64 * 1024;
const MOST_FILES = 64;
/** The shared memory of all is measured once in this time, and soon after a fork, ms. */
const MEASURE_EVERY = 1_000;
const MEASURE_SOON = 100;
/** It takes at most this share of a CPU. */
const MEASURE_SHARE = 0.003;
/** Children may wait for so many looks to be found. */
const MANY_LOOKS = 10;
/** Processes that nobody's parent is any more are looked for in this time, ms. */
const SEARCH_EVERY = 500;
/**
 * Storage may be so far ahead of those who read, bytes, and no further than some times what they have read: windows grow
 * as they are read (get_next_ra_size()), the first ones faster.
 */
const READ_AHEAD = 32 << 20;
const TIMES_AHEAD = 4;
const FIRST_AHEAD = 4 << 20;
/** Less memory than this is nobody's to share, bytes. */
const SMALL = 1 << 20;
/** A child whose memory is so near to its parent's has just been forked off it. */
const ALIKE = 1 / 16;

interface Member {
  readonly process: WatchedProcess;
  readonly heir: Heir;
  moved: Moved;
  /** What of that its open files have been held against. */
  told: Moved;
  lookedAt: number;
  /** It has children that nobody had the time to look at. */
  missed: boolean;
  /** Of the program that was asked whether it sizes itself. */
  comm: string;
}

/** How it is looked at. */
export interface Watching {
  /** The wall's, ms; between two looks, ms. */
  readonly clock: () => number;
  readonly interval: number;
  /** Bytes of the files that are read, if somebody knows them. */
  readonly files: number | null;
}

export class ProcessTree implements Source {
  /** All that were ever seen, and the most at once. */
  seen = 0;
  most = 0;
  /** Programs that size themselves by the limit, a clause each. */
  readonly sized = new Set<string>();
  /** Those that a recording's head names. */
  #forewarned: ReadonlySet<string> = new Set();
  readonly #root: WatchedProcess;
  readonly #members = new Map<number, Member>();
  /** All but the root; who is looked at next comes first. */
  #queue: Member[] = [];
  readonly #clock: () => number;
  /** It was started by this program, which has nothing in common with it. */
  readonly #own: boolean;
  readonly #strays: Strays | null;
  readonly #budget: number;
  #deadline = Number.POSITIVE_INFINITY;
  /** I/O of those that ended and nobody inherited, less that of before the recording. */
  #kept: Moved = NOTHING_MOVED;
  /** All of it, in the end; what only ever grows. */
  #moved: Moved = NOTHING_MOVED;
  /** What was dropped while it was dirty and others had written, as far as one sees: less than nothing. */
  #dropped = 0;
  readonly #files: FileSet;
  /** Bytes of the files that are read, as far as somebody has said. */
  readonly #said: number | null;
  #last: Sample = NOTHING_YET;
  #looks = 0;
  #measured = { at: Number.NEGATIVE_INFINITY, took: 0 };
  /** Somebody was forked, and is all counted as copies until that is measured, or left what was shared. */
  #sharesAnew = false;
  /** There are children that this look has not found, and for how many looks that has been so. */
  #missed = false;
  #missedLooks = 0;
  #missedMany = false;
  /** Those that may not be asked for their I/O. */
  readonly #denied = new Set<number>();

  private constructor(root: WatchedProcess, strays: Strays | null, { clock, interval, files }: Watching) {
    this.#root = root;
    this.#files = new FileSet(Date.now());
    this.#said = files;
    this.#own = strays !== null;
    this.#strays = strays;
    this.#clock = clock;
    this.#budget = interval * SHARE;
    this.#join(root);
  }

  /**
   * null: there is no such process. `strays`: it was just started by this program, and leaves them; null: it runs
   * already, and has a past, which does not count.
   */
  static of(pid: number, strays: Strays | null, watching: Watching): ProcessTree | null {
    const root = WatchedProcess.find(pid, null, strays === null);
    if (root === null) return null;
    const tree = new ProcessTree(root, strays, watching);
    if (strays === null) tree.#forgetPast();
    return tree;
  }

  /** These are said already. */
  forewarn(sized: readonly string[]): void {
    this.#forewarned = new Set(sized);
  }

  get notes(): ReadonlySet<string> {
    const notes = new Set([...this.sized].filter((why) => !this.#forewarned.has(why)).map(sizedAdvice));
    if (this.#root.denied) {
      const when = this.#own ? 'count when it ends' : 'are not in it';
      notes.add(`the process is another user's: its reads and writes ${when}`);
    }
    const others = this.#denied.size - (this.#root.denied ? 1 : 0);
    if (others > 0)
      notes.add(
        `${others} of its descendants were another user's: their reads and writes count when they end`,
      );
    if (this.#missedMany)
      notes.add('there were more processes than could be looked at: the memory of some is not in it');
    return notes;
  }

  get pids(): number[] {
    return [...this.#members.keys()];
  }

  /** Bytes of anonymous memory that each has, by its pid. */
  get anon(): Map<number, number> {
    return new Map([...this.#members].map(([pid, { process }]) => [pid, process.anon]));
  }

  look(time: number): Sample | null {
    this.#looks += 1;
    this.#deadline = cpuTime() + this.#budget;
    this.#missed = false;
    const root = this.#members.get(this.#root.pid);
    const lives = root !== undefined && this.#lookAt(root) && !root.process.ended;
    if (!this.#own && !lives) return null;
    this.#joinStrays(lives ? SEARCH_EVERY : 0);
    const here = (member: Member): boolean => this.#members.get(member.process.pid) === member;
    const looked: Member[] = [];
    // New children are put at the end of the queue meanwhile.
    let at = 0;
    for (; at < this.#queue.length && cpuTime() < this.#deadline; at += 1) {
      const member = this.#queue[at];
      if (here(member) && (member.lookedAt === this.#looks || this.#lookAt(member))) looked.push(member);
    }
    this.#queue = [...this.#queue.slice(at), ...looked].filter(here);
    this.#missedLooks = this.#missed ? this.#missedLooks + 1 : 0;
    this.#missedMany ||= this.#missedLooks >= MANY_LOOKS;
    if ([...this.#members.values()].every(({ process }) => process.ended)) return null;
    this.#measureShared();
    this.#lookAtFiles();
    return this.#sample(time);
  }

  /** Those that live on without the one that was started, as `name (pid N)`. */
  left(): string[] {
    this.#joinStrays(0);
    const members = [...this.#members.values()].filter(({ process }) => process !== this.#root);
    const living = members.filter(({ process }) => process.look() && !process.ended);
    return living.map(({ process }) => `${process.name} (pid ${process.pid})`);
  }

  close(): void {
    for (const { process } of this.#members.values()) process.close();
    this.#members.clear();
  }

  #join(process: WatchedProcess): Member {
    const member = {
      process,
      heir: new Heir(),
      moved: NOTHING_MOVED,
      told: NOTHING_MOVED,
      lookedAt: 0,
      missed: false,
      comm: '',
    };
    this.#members.set(process.pid, member);
    if (process !== this.#root) this.#queue.push(member);
    this.seen += 1;
    this.most = Math.max(this.most, this.#members.size);
    return member;
  }

  /** Who forked twice between two looks is nobody's child by then. `every`: ms since it was done last. */
  #joinStrays(every: number): void {
    for (const pid of this.#strays?.found(this.#clock(), every) ?? []) {
      const stray = this.#members.has(pid) ? null : WatchedProcess.find(pid, this.#root, false);
      if (stray !== null) this.#join(stray);
    }
  }

  /** Looks at everybody there is, and begins to count from there. */
  #forgetPast(): void {
    for (const member of this.#members.values()) this.#lookAt(member);
    for (const member of this.#members.values()) {
      this.#kept = less(this.#kept, member.moved);
      member.told = member.moved;
    }
  }

  /** A parent before its children: what one that lives did is then never counted both there and here. */
  #lookAt(member: Member): boolean {
    const { process, heir } = member;
    if (!process.look()) {
      this.#leave(member);
      return false;
    }
    if (member.lookedAt === 0 && this.#looks > 0 && isCopy(process)) {
      process.copies = process.anon;
      this.#sharesAnew = true;
    }
    member.lookedAt = this.#looks;
    this.#kept = more(this.#kept, heir.settle(less(process.moved, member.moved)));
    member.moved = process.moved;
    if (member.comm !== process.comm) {
      member.comm = process.comm;
      const program = process.program();
      const why = program === null ? null : selfSizing(program);
      if (why !== null) this.sized.add(why);
    }
    if (process.denied) this.#denied.add(process.pid);
    this.#lookForChildren(member);
    return true;
  }

  #lookForChildren(parent: Member): void {
    const { process } = parent;
    const children = process.children(parent.missed);
    parent.missed = false;
    if (children === null) return;
    const listed = new Set(children);
    const fresh = children.filter((pid) => !this.#members.has(pid));
    for (const [i, pid] of fresh.entries()) {
      if (i > 0 && cpuTime() >= this.#deadline) {
        this.#missed = true;
        parent.missed = true;
        break;
      }
      const hasPast = !this.#own && this.#looks === 0;
      const child = WatchedProcess.find(pid, process, hasPast);
      if (child !== null) this.#join(child);
    }
    // Those that it waited for are in its own counters now.
    for (const member of this.#members.values()) {
      const ended = member.process.parent === process && !listed.has(member.process.pid);
      if (ended && member.lookedAt !== this.#looks) this.#lookAt(member);
    }
  }

  #leave(member: Member): void {
    const { process, heir } = member;
    this.#members.delete(process.pid);
    this.#sharesAnew ||= process.copies + process.sharedMemory > 0;
    process.close();
    const ancestor = this.#livingAncestor(process);
    for (const moved of [member.moved, ...heir.waiting]) {
      if (ancestor === null) this.#kept = more(this.#kept, moved);
      else ancestor.heir.expect(moved, ancestor.lookedAt === this.#looks);
    }
    this.#files.forget(process.pid);
  }

  #livingAncestor({ parent }: WatchedProcess): Member | null {
    for (let each = parent; each !== null; each = each.parent) {
      const member = this.#members.get(each.pid);
      if (member?.process === each) return member;
    }
    return null;
  }

  /** All at one time, or what two share would be taken from one of them alone. */
  #measureShared(): void {
    const large = [...this.#members.values()].filter(
      ({ process }) => process.anon + process.sharedMemory >= SMALL,
    );
    if ((this.#own && large.length < 2) || this.#missed) return;
    const shares = ({ process }: Member): boolean =>
      process.isUnasked || process.copies + process.sharedMemory >= SMALL;
    if (!this.#sharesAnew && !large.some(shares)) return;
    const began = this.#clock();
    const every = this.#sharesAnew ? MEASURE_SOON : MEASURE_EVERY;
    if (began < this.#measured.at + Math.max(every, this.#measured.took / MEASURE_SHARE)) return;
    const cpu = cpuTime();
    for (const { process } of large) process.measureShared();
    // Who takes more meanwhile makes the parts smaller of those who are asked later.
    this.#sharesAnew = large.some(({ process }) => process.sharedGrowth() >= SMALL);
    if (!this.#sharesAnew) for (const { process } of large) process.keepPart();
    this.#measured = { at: began, took: cpuTime() - cpu };
  }

  /** Holds what was moved against the files that are open, of those that moved the most first. */
  #lookAtFiles(): void {
    const deadline = cpuTime() + this.#budget * (FILES_SHARE / SHARE);
    const untold = [...this.#members.values()]
      .map((member) => ({ member, moved: less(member.moved, member.told) }))
      .filter(({ moved }) => moved.read + moved.written >= MUCH)
      .sort((a, b) => b.moved.read + b.moved.written - a.moved.read - a.moved.written);
    for (const { member, moved } of untold) {
      if (cpuTime() >= deadline) return;
      this.#files.saw(member.process.pid, moved, openFiles(member.process.pid, MOST_FILES));
      member.told = member.moved;
    }
  }

  /** What all came to in the end, also what nobody looked at; `moved`: as far as it is known from elsewhere. */
  ended(time: number, moved: Moved): Sample {
    const sample = this.#filled(time, moved, 0);
    return { ...sample, peak: sample.anon };
  }

  #sample(time: number): Sample {
    const sum = { anon: 0, parts: 0, shared: 0, mapped: 0, spike: 0 };
    let largest = 0;
    let moved = this.#kept;
    for (const { process, lookedAt, moved: own } of this.#members.values()) {
      sum.anon += process.anon - process.copies;
      sum.parts += process.part;
      sum.shared += process.sharedMemory;
      largest = Math.max(largest, process.sharedMemory);
      // Processes of a family map the same files, as a rule.
      sum.mapped = Math.max(sum.mapped, process.mapped);
      if (lookedAt === this.#looks) sum.spike = Math.max(sum.spike, process.spike);
      moved = more(moved, own);
    }
    // Until it is measured whose it is they have the same, as a rule.
    const shared = Math.max(sum.parts, largest);
    const anon = sum.anon + shared + Math.max(0, this.#files.shared - sum.shared);
    this.#last = { ...this.#last, anon, peak: anon + sum.spike, mapped: sum.mapped };
    return this.#filled(time, moved, Math.min(READ_AHEAD, FIRST_AHEAD + moved.read * TIMES_AHEAD));
  }

  /** The last sample with what was moved up to now; `ahead`: so much may be delivered before calls ask for it. */
  #filled(time: number, moved: Moved, ahead: number): Sample {
    // An ended process is missing until it turns up in its parent's counters.
    this.#dropped = Math.min(this.#dropped, moved.dirtied);
    const all = most(this.#moved, { ...moved, dirtied: moved.dirtied - this.#dropped });
    this.#moved = all;
    const files = this.#files;
    const delivered = Math.min(all.read, all.fetched);
    const read = this.#said === null ? Math.min(all.read, delivered + files.warm) : all.read;
    this.#last = {
      ...this.#last,
      time,
      // What storage delivers and no call reads comes by faults.
      mapped: Math.max(this.#last.mapped, all.fetched - delivered - ahead),
      cached: this.#said === null ? null : Math.min(this.#said, all.read),
      read: Math.max(this.#last.read, read),
      written: Math.max(this.#last.written, all.dirtied - files.rewritten),
      calls: { read: all.read, written: all.written },
      fetched: all.fetched,
    };
    return this.#last;
  }
}

const most = (a: Moved, b: Moved): Moved => ({
  read: Math.max(a.read, b.read),
  written: Math.max(a.written, b.written),
  fetched: Math.max(a.fetched, b.fetched),
  dirtied: Math.max(a.dirtied, b.dirtied),
});

function isCopy({ anon, parent }: WatchedProcess): boolean {
  return parent !== null && anon >= SMALL && Math.abs(anon - parent.anon) <= parent.anon * ALIKE;
}

/** Of this program, ms: on a busy machine less than what goes by on the wall. */
function cpuTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1_000;
}
