import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from '../../src/session/boot-server.ts';
import { connect } from '../../src/session/client.ts';
import { plainRow, type Row } from './measure.ts';
import { timesNode } from './start-up.ts';

/** The session, as the built program serves it: commands a second, what it costs to wait, how long to restore. */

const SESSION = 'bench';
const quick = process.argv.includes('--quick');

const COMMANDS = 40_000;
const IDLE = quick ? 5 : 60;
const SETTLING = quick ? 1 : 15;
/** Of USER_HZ in /proc/PID/stat. */
const TICKS = 100;

export async function session(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
  mkdirSync(join(folder, 'run'), { mode: 0o700 });
  const { XDG_RUNTIME_DIR: run, XDG_STATE_HOME: state } = process.env;
  process.env['XDG_RUNTIME_DIR'] = join(folder, 'run');
  process.env['XDG_STATE_HOME'] = join(folder, 'state');
  try {
    return [...(await idle()), await startUp(), ...(await throughput()), await restoring()];
  } finally {
    await down();
    rmSync(folder, { recursive: true, force: true });
    setOrDelete('XDG_RUNTIME_DIR', run);
    setOrDelete('XDG_STATE_HOME', state);
  }
}

const up = (how: ServerOptions = {}) => connect({ session: SESSION, boot: 'if-needed', how });

async function down(): Promise<void> {
  const client = await connect({ session: SESSION, boot: 'never' }).catch(() => null);
  await client?.request('down', {}).catch(() => null);
  await client?.closed;
}

type Client = Awaited<ReturnType<typeof connect>>;

const obey = (client: Client, line: string) =>
  client.request('execute', { line, group: '/default', directory: '/', input: null });

async function throughput(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [name, sync, aims] of [
    ['without fsync', false, [20_000, 10_000]],
    ['with fsync', true, [null, null]],
  ] as const) {
    await down();
    (await up({ sync })).close();
    await commands(1, 64, COMMANDS / 4);
    const one = await commands(1, 64, COMMANDS);
    const fifty = await commands(50, 1, COMMANDS / 50);
    const turn = await commands(1, 1, COMMANDS / 10);
    rows.push(
      plainRow(`commands on one connection with 64 in flight, ${name}`, one, '/s', aims[0]),
      plainRow(`commands of 50 clients, ${name}`, fifty, '/s', aims[1]),
      plainRow(`commands one after the other, ${name}`, turn, '/s'),
    );
  }
  return rows;
}

/** Commands a second. */
async function commands(clients: number, inFlight: number, each: number): Promise<number> {
  const connected = await Promise.all(Array.from({ length: clients }, () => up()));
  const began = performance.now();
  await Promise.all(
    connected.flatMap((client) => Array.from({ length: inFlight }, () => write(client, each / inFlight))),
  );
  const took = performance.now() - began;
  for (const client of connected) client.close();
  return (clients * each * 1000) / took;
}

async function write(client: Client, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const { failure } = await obey(client, `write high_wmark_in_bytes ${48 + (i % 8)}M`);
    if (failure !== null) throw new Error(failure.message);
  }
}

/** `memcg cat usage_in_bytes` beside `node -e 0`. */
async function startUp(): Promise<Row> {
  (await up()).close();
  const args = ['--session', SESSION, 'cat', 'usage_in_bytes'];
  return timesNode('`memcg cat usage_in_bytes` of a live session', args, 21, [1.3, 1.5]);
}

/** CPU and memory of a session that nobody uses. */
async function idle(): Promise<Row[]> {
  const client = await up();
  await obey(client, 'write high_wmark_in_bytes 64M');
  const { pid } = client.server;
  // V8 tidies up after the start-up for some seconds; then nothing runs at all.
  await new Promise((resolve) => setTimeout(resolve, SETTLING * 1000));
  const before = await cpuTicks(pid);
  await new Promise((resolve) => setTimeout(resolve, IDLE * 1000));
  const used = (await cpuTicks(pid)) - before;
  const { rss_bytes } = await client.request('status', {});
  client.close();
  const percent = Math.round((used / TICKS / IDLE) * 1000) / 10;
  return [
    plainRow(`CPU of a session that has been idle for ${SETTLING} s, over ${IDLE} s`, percent, '%', 0),
    plainRow('memory of an idle session', rss_bytes / (1 << 20), 'MiB', 80),
  ];
}

async function cpuTicks(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** From kill -9 to the first answer: 100,000 commands in the journal, 1 M pages resident. */
async function restoring(): Promise<Row> {
  await down();
  const reset = await up({ sync: false });
  await reset.request('reset', { machine: ['memory=8G'] });
  await reset.request('speed', { speed: 'max' });
  for (const line of ['spawn hog /', 'run hog alloc 4G']) await obey(reset, line);
  await reset.request('speed', { speed: 1 });
  const writers = Array.from({ length: 64 }, () => write(reset, Math.ceil(100_000 / 64)));
  await Promise.all(writers);
  const { pid } = reset.server;
  process.kill(pid, 'SIGKILL');
  await reset.closed;
  const began = performance.now();
  const client = await up();
  await obey(client, 'cat usage_in_bytes');
  const value = (performance.now() - began) / 1000;
  const { commands: restored } = await client.request('status', {});
  client.close();
  if (restored < 100_000) throw new Error(`only ${restored} commands were restored`);
  return plainRow('restore of 100,000 commands and 1 M resident pages', value, 's', 2);
}

function setOrDelete(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
