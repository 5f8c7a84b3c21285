import { existsSync, rmSync } from 'node:fs';
import { ns } from '../kernel/units.ts';
import { meets } from '../script/condition.ts';
import { valueIn } from '../script/control-file.ts';
import { parseLine } from '../script/vocabulary.ts';
import { quote } from '../script/words.ts';
import { FINE, failure, type World } from '../script/world.ts';
import type { Budget } from './budget.ts';
import { sessionFolder, sessionNameMistake } from './folders.ts';
import type { LiveMachine } from './live-machine.ts';
import type {
  Clock,
  ExecuteFailure,
  Hello,
  Method,
  MountParams,
  ParamsOf,
  RelayParams,
  ResetParams,
  ResultOf,
  Watched,
  WatchParams,
} from './protocol.ts';
import { readSaveFile, unpackSaveFile } from './save-file.ts';
import type { Session } from './session.ts';
import { SessionError } from './session-error.ts';
import { VERSION } from './version.ts';

/** What is served: a session, and the clients around it. */
export interface Served {
  readonly settings: { readonly session: string; readonly sync: boolean; readonly budget: Budget };
  readonly folder: string;
  readonly session: Session;
  readonly clients: number;
  /** Wall time, ms. */
  readonly uptime: number;
  hello(): Hello;
  /** Keeps the session and goes. */
  stop(): Promise<void>;
  /** Gives up the session for another, which `prepare` lays out. */
  replace(prepare: () => Promise<void>, boot: ResetParams): Promise<void>;
  mount(params: MountParams): Promise<unknown>;
  relay(owner: RelayParams): Promise<ResultOf<'relay'>>;
}

/** One request of one client. */
export interface Asked {
  readonly server: Served;
  /** Aborts when the client no longer wants it. */
  readonly signal: AbortSignal;
  readonly greeted: () => void;
  readonly subscribe: () => void;
}

type Handlers = {
  readonly [M in Method]: (asked: Asked, params: ParamsOf<M>) => ResultOf<M> | Promise<ResultOf<M>>;
};

/** What the server does for each method. */
export const HANDLERS: Handlers = {
  hello: ({ server, greeted }) => {
    greeted();
    return server.hello();
  },
  status: async ({ server }) => {
    const { session, settings } = server;
    session.live.catchUp();
    await session.told();
    return {
      ...session.clock,
      session: settings.session,
      running: true,
      pid: process.pid,
      version: VERSION,
      uptime_ms: Math.round(server.uptime),
      commands: session.commands,
      clients: server.clients,
      rss_bytes: process.memoryUsage.rss(),
      folder: server.folder,
      sync: settings.sync,
      damage: session.damage,
    };
  },
  down: async ({ server }) => {
    await server.stop();
    return null;
  },
  execute: ({ server, signal }, params) => server.session.execute(params, signal),
  watch: (asked, params) => watch(asked, params),
  inspect: async ({ server }) => {
    await server.session.live.refresh?.();
    const inspected = server.session.inspect();
    await server.session.told();
    return inspected;
  },
  follow: async ({ server, signal }, { after, patience }) => {
    if (after !== null) await server.session.changes.after(after, patience, signal);
    const { session } = server;
    session.live.catchUp();
    const position = session.readable();
    return { ...session.clock, machine: session.id, change: session.changes.count, position };
  },
  list: ({ server }, { cgroup }) => {
    const names = server.session.live.machine.list(cgroup);
    return names.ok ? names.value : null;
  },
  events: ({ server }) => server.session.recent.all,
  subscribe: ({ subscribe }) => {
    subscribe();
    return null;
  },
  speed: ({ server }, { speed }) => pace(server, ({ clock, machine }) => clock.setSpeed(speed, machine.now)),
  pause: ({ server }) => pace(server, ({ clock, machine }) => clock.setPaused(true, machine.now)),
  resume: ({ server }) => pace(server, ({ clock, machine }) => clock.setPaused(false, machine.now)),
  step: async ({ server: { session }, signal }, { time }) => {
    const outcome = await session.live.step(time, signal);
    if (!outcome.ok) throw new SessionError('interrupted', outcome.message);
    session.changes.ring();
    await session.told();
    return session.clock;
  },
  export: ({ server }, params) => server.session.export(params),
  save: async ({ server }, { path }) => {
    await server.session.saveTo(path);
    return null;
  },
  load: async ({ server }, { path }) => {
    // Before anything is given up for it.
    const { bytes: most } = server.settings.budget;
    readSaveFile(path, most);
    await server.replace(() => unpackSaveFile(path, server.folder, most), {});
    return null;
  },
  fork: async ({ server }, { name }) => {
    const mistake = sessionNameMistake(name);
    if (mistake !== null) throw new SessionError('usage', mistake);
    const folder = sessionFolder(name);
    if (existsSync(folder)) throw new SessionError('usage', `there is a session ${name} already`);
    const file = `${folder}.fork`;
    try {
      await server.session.saveTo(file);
      await unpackSaveFile(file, folder);
    } finally {
      rmSync(file, { force: true });
    }
    return null;
  },
  reset: async ({ server }, boot) => {
    await server.replace(() => Promise.resolve(), boot);
    return null;
  },
  relay: ({ server }, owner) => server.relay(owner),
  mount: async ({ server }, params) => {
    try {
      await server.mount(params);
    } catch (error) {
      throw new SessionError('world', error instanceof Error ? error.message : String(error));
    }
    return null;
  },
};

function pace({ session }: Served, set: (live: LiveMachine) => void): Clock {
  session.live.catchUp();
  set(session.live);
  session.live.rearm();
  session.changes.ring();
  session.paced();
  return session.clock;
}

/** For those who only look. */
const onlookersWorld = (machine: World['machine'], group: string): World => ({
  machine,
  group,
  input: null,
  print: () => {},
  check: () => {},
  drive: () => FINE,
  openTrace: () => Promise.resolve(failure('mistake', 'nothing is opened here')),
});

async function watch(
  { server: { session }, signal }: Asked,
  { condition, group, timeout }: WatchParams,
): Promise<Watched> {
  const { live } = session;
  const parsed = parseLine(`expect ${quote(condition)}`);
  const answer = (met: boolean, value: string, failed: ExecuteFailure | null): Watched => ({
    met,
    value,
    failure: failed,
    virtual_ns: ns(Math.floor(live.machine.now)),
  });
  if (parsed.kind === 'mistake') {
    const message = parsed.mistake.message.replace(/: expect /, ': watch ');
    return answer(false, '', { ...failure('mistake', message), column: 0 });
  }
  if (parsed.kind !== 'command' || parsed.command.name !== 'expect') throw new Error('expect is no command');
  const wanted = parsed.command.condition;
  live.catchUp();
  const world = onlookersWorld(live.machine, group);
  const first = valueIn(world, wanted.file, 'watch');
  if (!first.ok) return answer(false, '', { ...first, column: 0 });
  const test = (): boolean => {
    const value = valueIn(world, wanted.file, 'watch');
    return value.ok && meets(wanted, value.text);
  };
  const until = timeout === null ? null : ns(Math.ceil(live.machine.now) + timeout);
  const request = { subject: `watch ${wanted.text}`, behaviour: [], signal };
  const waited = test() ? FINE : await live.drive({ op: 'wait-until', test, until }, request);
  await session.told();
  const now = valueIn(world, wanted.file, 'watch');
  const value = now.ok ? now.text : '';
  if (waited.ok) return answer(true, value, null);
  return answer(false, value, waited.errno === 'EAGAIN' ? null : { ...waited, column: 0 });
}
