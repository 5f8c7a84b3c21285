import { isDeepStrictEqual } from 'node:util';
import { ns } from '../../../src/kernel/units.ts';
import { READY, TAKEN } from '../../../src/session/boot-server.ts';
import { sessionFolder } from '../../../src/session/folders.ts';
import type { LiveMachine } from '../../../src/session/live-machine.ts';
import { ErrorCode, type Executed, type Exported, PROTOCOL } from '../../../src/session/protocol.ts';
import { RpcConnection, RpcError, type Wire } from '../../../src/session/rpc.ts';
import { serve } from '../../../src/session/serve.ts';
import { VERSION } from '../../../src/session/version.ts';
import type { Tally } from '../../support/lives.ts';
import { NO_MOUNTS, replayed } from '../sessions.ts';
import { Chance } from './chance.ts';
import { type Ending, SimDisk } from './sim-disk.ts';
import { type SimLife, SimProcesses } from './sim-life.ts';
import { SimWall } from './sim-wall.ts';
import { wires } from './sim-wire.ts';
import { type Life, type Step, WRITERS } from './steps.ts';

const SESSION = 'lives';
/** As a client waits for a server that is said to be on its way, and looks again, ms. */
const PATIENCE = 20_000;
const LOOK = 20;
/** A server that ends is gone by then, ms. */
const FAREWELL = 2000;
/** More turns than anything here takes. */
const TURNS = 20_000;

/** What must be true is not. */
class Broken extends Error {}

/** A server's process: what it has in memory is gone with it. */
interface Process {
  readonly life: SimLife;
  readonly clients: RpcConnection[];
  live: LiveMachine | null;
  connected: ((wire: Wire) => void) | null;
  /** What it told the one who booted it. */
  said: { readonly word: string; readonly why: string } | null;
  /** It went by itself. */
  ended: boolean;
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
  readonly #folder = sessionFolder(SESSION);
  readonly #processes = new SimProcesses();
  #wall = new SimWall();
  #disk: SimDisk;
  #process: Process | null = null;
  #asked: Asked[] = [];
  #notices: string[] = [];
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
      case 'leave':
        await this.#leave(step.by);
        return;
      case 'rival':
        await this.#rival();
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
    const paths = [...this.#disk.files.keys()]
      .filter((path) => path.startsWith(`${this.#folder}/${of}`))
      .sort();
    const path = paths[file % Math.max(paths.length, 1)];
    if (path === undefined || !this.#disk.flip(path, share, bit)) return;
    this.#count(`flipped in a ${of}`);
    this.#flipped[of] = true;
  }

  /** Ended as it should: it goes, and keeps a last state. */
  async #leave(by: Extract<Step, { do: 'leave' }>['by']): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    this.#count(`ended by ${by}`);
    if (by === 'SIGTERM') process.life.tellToEnd();
    else
      this.#client(process)
        .then((client) => client.request('down', {}))
        .catch(() => {});
    await this.#pump(() => this.#process !== process, 60_000);
    if (this.#process === process) throw new Broken('it does not go');
  }

  /** Another server for the same session: it has to see that there is one. */
  async #rival(): Promise<void> {
    const first = this.#process;
    const rival = this.#boot();
    await this.#pump(() => rival.said !== null, 60_000);
    if (this.#process !== first) return;
    if (rival.said?.word !== TAKEN) throw new Broken(`two serve it: ${rival.said?.word} ${rival.said?.why}`);
    this.#count('rivals');
    this.#processes.end(rival.life);
  }

  /** The processes are no more; the disk is as they left it. */
  #gone(disk: SimDisk): void {
    this.#processes.endAll();
    this.#disk = disk;
    this.#process = null;
    this.#wall = new SimWall(this.#wall.date());
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
      if (this.#process?.ended === true) {
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

  /** A server begins its life. */
  #boot(): Process {
    const process: Process = {
      life: this.#processes.start((text) => this.#log(text)),
      clients: [],
      live: null,
      connected: null,
      said: null,
      ended: false,
    };
    const { life } = process;
    const wall = this.#wall;
    serve(
      {
        session: SESSION,
        sync: this.#life.sync,
        hostMemory: Number.MAX_SAFE_INTEGER,
        boot: null,
        machine: ['memory=16M', 'cpus=1'],
        mounter: {
          ...NO_MOUNTS,
          changeTo: (live) => {
            process.live = live;
          },
        },
      },
      (word, why) => {
        process.said = { word, why };
      },
      {
        disk: this.#disk,
        wall,
        life,
        listen: (_, connected) => {
          process.connected = connected;
          return Promise.resolve(() => {
            process.connected = null;
          });
        },
      },
    ).then(
      () => {
        process.ended = true;
      },
      (error: unknown) => {
        process.said = { word: 'broken', why: error instanceof Error ? `${error.stack}` : String(error) };
      },
    );
    return process;
  }

  #log(line: string): void {
    const text = line.replace(`memcg: session ${SESSION}: `, '');
    if (!text.startsWith('the journal: ')) this.#notices.push(text);
    else this.#count(text.includes('ENOSPC') ? 'full disks' : 'failed syncs');
  }

  /** Until it is up: with a disk that has room, after some ends, as long as a client would wait. */
  async #open(): Promise<void> {
    for (let tries = 0; this.#process === null && !this.#over; tries += 1) {
      if (tries > PATIENCE / LOOK) throw new Broken('it does not come up again');
      await this.#tryOpen();
    }
  }

  async #tryOpen(): Promise<void> {
    this.#notices = [];
    const disk = this.#disk;
    const booted = this.#boot();
    await this.#pump(() => booted.said !== null, 60_000);
    if (this.#disk !== disk) return;
    const { word = '', why = '' } = booted.said ?? {};
    if (word === READY) {
      this.#process = booted;
      await this.#connect(booted);
      if (this.#process === booted) await this.#check(booted);
      return;
    }
    this.#processes.end(booted.life);
    if (word === TAKEN) await this.#pump(() => false, LOOK);
    else if (/^(ENOSPC|EIO)\b/.test(why)) {
      this.#count('refused by the disk');
      disk.room = Infinity;
      this.#gone(disk.end('kill'));
    } else if (word !== 'broken' && (this.#flipped.journal || this.#flipped.state)) {
      this.#count('refused in a sentence');
      this.#over = true;
    } else throw new Broken(`it does not come up: ${word} ${why}`);
  }

  async #connect(process: Process): Promise<void> {
    for (let writer = 0; writer < WRITERS; writer += 1)
      this.#client(process).then(
        (client) => process.clients.push(client),
        () => {},
      );
    await this.#pump(() => process.clients.length === WRITERS, 60_000);
  }

  /** One that is greeted. */
  async #client({ connected }: Process): Promise<RpcConnection> {
    const [one, other] = wires(this.#wall, this.#chance);
    connected?.(other);
    const client = new RpcConnection(one, {
      longest: 1 << 20,
      told: () => {},
      asked: () => Promise.reject(new Error('a client answers nothing')),
    });
    await client.request('hello', { protocol: PROTOCOL, version: VERSION });
    return client;
  }

  /** What was told is there, nothing else is, and the export is run to the same state. */
  async #check({ clients: [client], live }: Process): Promise<void> {
    if (live === null) throw new Broken('it has no machine');
    const disk = this.#disk;
    const found: Looked[] = [];
    // Who is refused because nothing can be kept any more hears of its end next.
    lookedAt(client).then(
      (looked) => found.push(looked),
      () => {},
    );
    await this.#pump(() => found.length > 0, 60_000);
    const [looked] = found;
    if (looked?.script === null) await this.#pump(() => false, FAREWELL);
    if (this.#disk !== disk) return;
    this.#count('checks');
    if (looked === undefined) throw new Broken('it is never exported');
    const { script, damage } = looked;
    const mayLose = this.#flipped.journal || this.#forgotten;
    if (script === null) {
      if (!mayLose) throw new Broken('it is not exported');
      this.#count('refused in a sentence');
      if (this.#notices.length === 0 && damage === null) throw new Broken('damage without a word');
      this.#over = true;
      return;
    }
    this.#checkNotices(mayLose);
    if (script.includes('# Its beginning is lost')) {
      if (!mayLose || this.#notices.length === 0) throw new Broken('its beginning is lost');
      this.#over = true;
      return;
    }
    this.#compare(script, live.machine.now, mayLose);
    if (!script.includes('# interrupted here')) {
      const again = await replayed(script, true, '');
      if (!isDeepStrictEqual(again, live.machine.save()))
        throw new Broken(`the export is run to another state:\n${script}`);
    }
    this.#forgotten = false;
    client.request('resume', {}).catch(() => {});
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

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Looked {
  /** All of it as a script; null: that is refused. */
  readonly script: string | null;
  readonly damage: string | null;
}

/** A session, which stands still from now on. */
async function lookedAt(client: RpcConnection): Promise<Looked> {
  await client.request('pause', {});
  const { damage } = await client.request('status', {});
  try {
    let script = '';
    for (let from: number | null = 0; from !== null; ) {
      const part: Exported = await client.request('export', { since: ns(0), from });
      script += part.text;
      from = part.next;
    }
    return { script, damage };
  } catch (error) {
    if (!(error instanceof RpcError) || error.code !== ErrorCode.world) throw error;
    return { script: null, damage };
  }
}
