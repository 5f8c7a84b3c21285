import { isDeepStrictEqual } from 'node:util';
import { Budget } from '../../../src/session/budget.ts';
import { ErrorCode, type Executed } from '../../../src/session/protocol.ts';
import { RpcConnection, RpcError } from '../../../src/session/rpc.ts';
import { Session } from '../../../src/session/session.ts';
import { SessionError } from '../../../src/session/session-error.ts';
import { traceOpener } from '../../../src/workload/trace-opener.ts';
import type { Tally } from '../../support/lives.ts';
import { exported, replayed } from '../sessions.ts';
import { Chance } from './chance.ts';
import { type Ending, SimDisk } from './sim-disk.ts';
import { SimWall } from './sim-wall.ts';
import { wires } from './sim-wire.ts';
import { type Life, type Step, WRITERS } from './steps.ts';

const FOLDER = '/s';
/** More turns than anything here takes. */
const TURNS = 20_000;

/** What must be true is not. */
class Broken extends Error {}

/** A server's process: what it has in memory is gone with it. */
interface Process {
  readonly wall: SimWall;
  readonly session: Session;
  readonly clients: RpcConnection[];
  /** Ends what each client waits for. */
  readonly aborts: AbortController[];
  closing: boolean;
}

interface Asked {
  readonly text: string;
  /** null: nobody was told. */
  answer: Executed | null;
}

/** Lives a session's life to its end. Rejects with what is wrong with it. */
export const live = (life: Life, tally: Tally): Promise<void> => new Living(life, tally).run();

class Living {
  readonly #life: Life;
  readonly #tally: Tally;
  readonly #chance: Chance;
  #wall = new SimWall();
  #disk: SimDisk;
  #process: Process | null = null;
  #asked: Asked[] = [];
  #notices: string[] = [];
  #failed: Error | null = null;
  /** The latest virtual time that somebody was told, ns. */
  #told = 0;
  /** Bits have flipped, of the journal or of anything. */
  readonly #flipped = { journal: false, state: false };
  /** What was told may be gone: the power failed, and nobody had waited for the disk. */
  #forgotten = false;
  /** Nothing more can be said of it. */
  #over = false;

  constructor(life: Life, tally: Tally) {
    this.#life = life;
    this.#tally = tally;
    this.#chance = new Chance(life.seed);
    this.#disk = new SimDisk(() => this.#wall);
  }

  async run(): Promise<void> {
    for (const step of this.#life.steps) {
      await this.#open();
      if (this.#over) return;
      await this.#do(step);
      await this.#pump(() => true, 1);
    }
    this.#disk.room = Infinity;
    await this.#open();
    if (this.#over || this.#process === null) return;
    await this.#pump(() => false, 500);
    this.#gone(this.#disk.left ?? this.#disk.end('kill'));
    await this.#open();
  }

  async #do(step: Step): Promise<void> {
    switch (step.do) {
      case 'ask':
        this.#ask(step.writer, step.line);
        return;
      case 'pass':
        await this.#pump(() => false, step.ms);
        return;
      case 'end':
        this.#disk.endsIn = step.changes + 1;
        this.#disk.ending = step.ending;
        this.#disk.chance = new Chance(step.chance);
        await this.#pump(() => false, 200);
        return;
      case 'flip':
        this.#flip(step);
        return;
      case 'room':
        this.#disk.room = step.bytes ?? Infinity;
        return;
      case 'slow':
        this.#count('slow syncs');
        this.#disk.slow = step.ms;
        return;
      case 'fail':
        this.#disk.soundSyncs = step.syncs;
        return;
      case 'jump':
        this.#count(step.ms > 0 ? 'clock forwards' : 'clock back');
        this.#wall.jump(step.ms);
        return;
      case 'hang up':
        this.#count('connections lost');
        this.#process?.clients[step.writer]?.close();
        return;
      case 'down':
        await this.#down();
    }
  }

  #count(kind: string): void {
    this.#tally.set(kind, (this.#tally.get(kind) ?? 0) + 1);
  }

  #ask(writer: number, line: string): void {
    const rpc = this.#process?.clients[writer];
    if (rpc === undefined) return;
    const asked: Asked = { text: line, answer: null };
    this.#asked.push(asked);
    this.#count('commands');
    rpc.request('execute', { line, group: '/', directory: '/', input: null }).then(
      (answer) => {
        asked.answer = answer;
        this.#told = Math.max(this.#told, answer.virtual_ns);
        this.#count('answers');
      },
      () => {},
    );
  }

  /** States by their place among them. */
  #flip({ of, file, share, bit }: Extract<Step, { do: 'flip' }>): void {
    const paths = [...this.#disk.files.keys()].filter((path) => path.startsWith(`${FOLDER}/${of}`)).sort();
    const path = paths[file % Math.max(paths.length, 1)];
    if (path === undefined || !this.#disk.flip(path, share, bit)) return;
    this.#count(`flipped in a ${of}`);
    this.#flipped[of] = true;
  }

  async #down(): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    // As the server does it: who waits is interrupted, and who comes is not heard any more.
    process.closing = true;
    for (const each of process.aborts) each.abort();
    let closed = false;
    process.session.close().then(
      () => {
        closed = true;
      },
      (error: Error) => {
        this.#failed ??= error;
      },
    );
    await this.#pump(() => closed, 60_000);
    if (!closed) return;
    this.#count('ended by down');
    this.#gone(this.#disk.end('kill'));
  }

  /** The process is no more; the disk is as it left it. */
  #gone(disk: SimDisk): void {
    this.#disk = disk;
    this.#process = null;
    this.#failed = null;
    this.#wall = new SimWall();
  }

  /** Turns of the event loop until it is over, so many ms of the wall, or the process's end. */
  async #pump(over: () => boolean, ms: number): Promise<void> {
    const until = this.#wall.at + ms;
    for (let turns = 0; ; turns += 1) {
      await settled();
      if (this.#disk.left !== null) {
        this.#ended(this.#disk.ending, this.#disk.left);
        return;
      }
      if (this.#failed !== null) {
        this.#count(isNoRoom(this.#failed) ? 'full disks' : 'failed syncs');
        this.#gone(this.#disk.end('kill'));
        return;
      }
      if (over() || !this.#wall.turn(until)) return;
      if (turns > TURNS) throw new Broken('it goes on without end');
    }
  }

  #ended(ending: Ending, disk: SimDisk): void {
    this.#count(ending === 'kill' ? 'kills at a write' : 'power failures at a write');
    if (ending === 'power' && !this.#life.sync) this.#forgotten = true;
    this.#gone(disk);
  }

  /** Until it is up: with a disk that has room, after some ends. */
  async #open(): Promise<void> {
    for (let tries = 0; this.#process === null && !this.#over; tries += 1) {
      if (tries > 40) throw new Broken('it does not come up again');
      await this.#tryOpen();
    }
  }

  async #tryOpen(): Promise<void> {
    this.#notices = [];
    let opened: Session | null = null;
    let refused: unknown = null;
    Session.open(
      {
        folder: FOLDER,
        opener: traceOpener,
        sync: this.#life.sync,
        budget: new Budget(Number.MAX_SAFE_INTEGER, () => 0),
        disk: this.#disk,
        wall: this.#wall,
        notice: (text) => this.#notices.push(text),
        failed: (error) => {
          this.#failed = error;
        },
        observer: () => {},
        isWatched: () => false,
      },
      { boot: null, machine: ['memory=16M', 'cpus=1'] },
    ).then(
      (session) => {
        opened = session;
      },
      (error: unknown) => {
        refused = error;
      },
    );
    const disk = this.#disk;
    await this.#pump(() => opened !== null || refused !== null, 60_000);
    if (this.#disk !== disk) return;
    if (refused instanceof SessionError && (this.#flipped.journal || this.#flipped.state)) {
      this.#count('refused in a sentence');
      this.#over = true;
      return;
    }
    if (refused !== null && isSystem(refused)) {
      this.#count('refused by the disk');
      disk.room = Infinity;
      this.#gone(disk.end('kill'));
      return;
    }
    if (refused !== null) throw refused;
    if (opened === null) throw new Broken('it never came up');
    this.#process = { wall: this.#wall, session: opened, clients: [], aborts: [], closing: false };
    this.#connect();
    await this.#check(opened);
  }

  #connect(): void {
    const process = this.#process as Process;
    const { clients, aborts, session } = process;
    for (let writer = 0; writer < WRITERS; writer += 1) {
      const [one, other] = wires(this.#wall, this.#chance);
      const nothing = { longest: 1 << 20, told: () => {}, asked: () => Promise.resolve(null) };
      const gone = new AbortController();
      const asked = (_: string, params: unknown): Promise<unknown> =>
        process.closing
          ? NEVER
          : session
              .execute(params as Parameters<Session['execute']>[0], gone.signal)
              .catch((error: Error) => {
                throw new RpcError(ErrorCode.world, error.message);
              });
      clients.push(new RpcConnection(one, nothing));
      const server = new RpcConnection(other, { ...nothing, asked });
      void server.closed.then(() => gone.abort());
      aborts.push(gone);
    }
  }

  /** What was told is there, nothing else is, and the export is run to the same state. */
  async #check(session: Session): Promise<void> {
    const disk = this.#disk;
    const { clock, machine } = session.live;
    clock.setPaused(true, machine.now);
    let text: string | null = null;
    let fault: unknown = null;
    exported(session).then(
      (all) => {
        text = all;
      },
      (error: unknown) => {
        fault = error;
      },
    );
    await this.#pump(() => text !== null || fault !== null, 60_000);
    if (this.#disk !== disk) return;
    this.#count('checks');
    if (fault instanceof SessionError && (this.#flipped.journal || this.#forgotten)) {
      this.#count('refused in a sentence');
      if (this.#notices.length === 0 && session.damage === null) throw new Broken('damage without a word');
      this.#over = true;
      return;
    }
    if (fault !== null) throw fault;
    if (text === null) throw new Broken('it is never exported');
    const script: string = text;
    const mayLose = this.#flipped.journal || this.#forgotten;
    this.#checkNotices(mayLose);
    if (script.includes('# Its beginning is lost')) {
      if (!mayLose || this.#notices.length === 0) throw new Broken('its beginning is lost');
      this.#over = true;
      return;
    }
    this.#compare(script, machine.now, mayLose);
    if (!script.includes('# interrupted here')) {
      const again = await replayed(script, true, '');
      if (!isDeepStrictEqual(again, machine.save()))
        throw new Broken(`the export is run to another state:\n${script}`);
    }
    this.#forgotten = false;
    clock.setPaused(false, machine.now);
    session.live.rearm();
  }

  #checkNotices(mayLose: boolean): void {
    if (mayLose) return;
    const expected = /^the last \d+ bytes of the journal are damaged|^no save state could be written/;
    const known = this.#flipped.state ? /^the save state|^state-/ : expected;
    for (const notice of this.#notices) {
      if (expected.test(notice) || known.test(notice)) continue;
      if (notice.startsWith('the journal has no beginning') && this.#told === 0) continue;
      throw new Broken(`a false alarm: ${notice}`);
    }
  }

  #compare(script: string, now: number, mayLose: boolean): void {
    const there = script.split('\n').flatMap((line) => plain(line) ?? []);
    const counts = new Map<string, number>();
    for (const { text } of there) counts.set(text, (counts.get(text) ?? 0) + 1);
    const asked = new Map<string, number>();
    for (const { text } of this.#asked.flatMap(({ text: line }) => plain(line) ?? []))
      asked.set(text, (asked.get(text) ?? 0) + 1);
    // The server stops what one runs who is gone.
    for (const [text, count] of counts)
      if (count > (asked.get(text) ?? 0) && !text.startsWith('stop '))
        throw new Broken(`${text} is there ${count} times, and nobody asked for it so often`);
    if (mayLose) {
      const lost = this.#missing(there);
      if (lost !== null && !this.#forgotten && this.#notices.length === 0)
        throw new Broken(`lost without a word: ${lost}`);
      for (const each of this.#asked) each.answer = null;
      this.#told = 0;
      return;
    }
    const lost = this.#missing(there);
    if (lost !== null) throw new Broken(`told, and not there: ${lost}\n${this.#notices}\n${script}`);
    if (Math.ceil(now) < this.#told) throw new Broken(`it is ${now}, and somebody was told ${this.#told}`);
  }

  /** What was told and is not there. */
  #missing(there: readonly Plain[]): string | null {
    const left = new Map<string, number>();
    for (const { text, errno } of there) {
      const key = keyOf(text, errno);
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    for (const { text, answer } of this.#asked) {
      const line = plain(text);
      if (answer === null || line === null) continue;
      const { failure } = answer;
      if (failure !== null && failure.kind !== 'refused') continue;
      const key = keyOf(line.text, failure?.errno ?? null);
      const count = left.get(key) ?? 0;
      if (count === 0) return key;
      left.set(key, count - 1);
    }
    return null;
  }
}

interface Plain {
  readonly text: string;
  readonly errno: string | null;
}

/** A line as it was asked for, or as the journal has it, in one form; null: it changes nothing. */
function plain(line: string): Plain | null {
  if (line === '' || /^(#|at |machine |cat |wait )/.test(line)) return null;
  const words = line.split(' ').filter((word) => !/^--?(no-wait|KILL)$/.test(word));
  const errno = words[0] === 'fails' ? words[1] : null;
  const [verb, ...rest] = words.slice(errno === null ? 0 : 2);
  return { text: [verb === 'run' ? 'start' : verb, ...rest].join(' '), errno };
}

/** What a behaviour came to is told by its end, which the journal has no word for. */
const keyOf = (text: string, errno: string | null): string =>
  /^(start|stop|kill) /.test(text) ? text : `${text} ${errno ?? 'ok'}`;

const NEVER = new Promise<never>(() => {});

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error;
const isNoRoom = (error: Error): boolean => (error as NodeJS.ErrnoException).code === 'ENOSPC';
