import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from './measure.ts';

/**
 * What `memcg top` costs, as it is built: `npx tsx test/bench/top.ts [--cgroups N] [--seconds N] [--prof DIR]`.
 * A session with many cgroups in which something happens all the time, and a dashboard of it in a
 * terminal of 120x40: CPU of the dashboard's process, frames and bytes, while time goes by and while
 * it stands still; then what it takes to scroll. `--hour`: of a session in which a reader was busy for an hour, when the
 * first frame is there, and when what is shown is the present.
 */

const { values: given } = parseArgs({
  options: {
    cgroups: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '20' },
    columns: { type: 'string', default: '120' },
    rows: { type: 'string', default: '40' },
    prof: { type: 'string' },
    hour: { type: 'boolean', default: false },
  },
});
const CGROUPS = Number(given.cgroups);
const SECONDS = Number(given.seconds);
const memcg = fileURLToPath(new URL('../../bin/memcg.js', import.meta.url));
/** Of USER_HZ in /proc/PID/stat. */
const TICKS = 100;
/** Until what is compiled once, and read once, is. */
const SETTLING = 6000;
/** Begins every frame: DEC private mode 2026. */
const FRAME = '\x1b[?2026h';

const folder = mkdtempSync(join(tmpdir(), 'memcg-'));
for (const name of ['run', 'state']) mkdirSync(join(folder, name), { mode: 0o700 });
const env = {
  ...process.env,
  XDG_RUNTIME_DIR: join(folder, 'run'),
  XDG_STATE_HOME: join(folder, 'state'),
  TERM: 'xterm-256color',
  LC_ALL: 'C.UTF-8',
};

/** A command for the session; what it prints. */
function tell(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [memcg, ...args], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`memcg ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Each streams about 640 KiB a second, in turns that never meet: its reclaimer wakes every second or so. */
function boot(): void {
  tell('up');
  tell('pause');
  for (let i = 0; i < CGROUPS; i += 1) {
    const name = `g${`${i}`.padStart(3, '0')}`;
    tell('mkdir', name);
    tell('set', name, 'low_wmark_in_bytes=1M', 'high_wmark_in_bytes=1536K', 'limit_in_bytes=2M');
    tell('spawn', `t${name}`, name);
    tell(
      'start',
      `t${name}`,
      'stream',
      `${name}.data`,
      '64G',
      '--rate',
      `${600 + i}K/s`,
      ...(i % 2 ? ['--write'] : []),
    );
  }
  tell('resume');
}

function cpuTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** ms */
interface Passed {
  readonly wall: number;
  readonly cpu: number;
}

/** The dashboard in a terminal of script(1)'s, which hands on what is written there. */
class Top {
  readonly #script;
  readonly #pidFile = join(folder, 'pid');
  bytes = 0;
  frames = 0;
  #frameAt = 0;
  #written = '';
  readonly #began = performance.now();

  constructor() {
    const prof = given.prof === undefined ? '' : `--cpu-prof --cpu-prof-dir='${given.prof}'`;
    const line = `stty rows ${given.rows} columns ${given.columns}; echo $$ > '${this.#pidFile}'; exec '${process.execPath}' ${prof} '${memcg}' top`;
    this.#script = spawn('script', ['-qfc', line, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#script.stdout.on('data', (data: Buffer) => {
      this.bytes += data.length;
      if (given.hour) this.#written += data.toString('latin1');
      const begun = data.toString('latin1').split(FRAME).length - 1;
      this.frames += begun;
      if (begun > 0) this.#frameAt = performance.now();
    });
  }

  get pid(): number {
    return Number(readFileSync(this.#pidFile, 'utf8'));
  }

  /** How long until the next frame began, ms; null: there was none. */
  async press(key: string): Promise<number | null> {
    const pressed = performance.now();
    this.#script.stdin.write(key);
    for (let waited = 0; waited < 500; waited += 1) {
      await setTimeout(1);
      if (this.#frameAt > pressed) return this.#frameAt - pressed;
    }
    return null;
  }

  /** What passed from the start of the program until this was first written. */
  async until(text: string): Promise<Passed> {
    while (!this.#written.includes(text)) await setTimeout(1);
    return { wall: performance.now() - this.#began, cpu: (cpuTicks(this.pid) / TICKS) * 1000 };
  }

  async quit(): Promise<void> {
    const closed = new Promise((resolve) => this.#script.once('close', resolve));
    this.#script.stdin.write('q');
    await closed;
  }
}

async function measured(top: Top, what: string): Promise<void> {
  const { pid, bytes, frames } = top;
  const before = cpuTicks(pid);
  const began = performance.now();
  await setTimeout(SECONDS * 1000);
  const seconds = (performance.now() - began) / 1000;
  const cpu = (cpuTicks(pid) - before) / TICKS;
  const drawn = top.frames - frames;
  const each = drawn === 0 ? '' : `, ${Math.round((top.bytes - bytes) / drawn)} bytes each`;
  console.log(
    `${what}: ${((cpu / seconds) * 100).toFixed(1)} % of a core, ${(drawn / seconds).toFixed(1)} frames/s${each}`,
  );
}

async function pressed(top: Top, what: string, key: string, times: number): Promise<void> {
  const before = cpuTicks(top.pid);
  const latencies: number[] = [];
  let lost = 0;
  for (let i = 0; i < times; i += 1) {
    await setTimeout(50);
    const latency = await top.press(key);
    if (latency === null) lost += 1;
    else latencies.push(latency);
  }
  const cpu = ((cpuTicks(top.pid) - before) / TICKS / times) * 1000;
  const slowest = Math.max(0, ...latencies);
  const late =
    latencies.length === 0
      ? ''
      : `, frame after ${median(latencies).toFixed(0)} ms (slowest ${slowest.toFixed(0)})`;
  console.log(
    `${what}: ${cpu.toFixed(1)} ms of CPU a key${late}${lost > 0 ? `, ${lost} without a frame` : ''}`,
  );
}

/** A reader of 20 MiB a second under marks, and an hour of that, as fast as it goes. */
async function bootAnHour(): Promise<void> {
  tell('up');
  tell('set', 'default', 'low_wmark_in_bytes=48M', 'high_wmark_in_bytes=56M', 'limit_in_bytes=64M');
  tell('spawn', 'r');
  tell('start', 'r', 'stream', 'data.img', '1T', '--rate', '20M/s');
  tell('speed', 'max');
  while (JSON.parse(tell('status', '--json')).virtual_ns < 3600e9) await setTimeout(500);
  tell('speed', '1');
}

async function afterAnHour(): Promise<void> {
  await bootAnHour();
  const texts = ['opening', FRAME, 'LIVE'];
  const found: (readonly Passed[])[] = [];
  for (let i = 0; i < 5; i += 1) {
    const top = new Top();
    const passed: Passed[] = [];
    for (const text of texts) passed.push(await top.until(text));
    found.push(passed);
    await top.quit();
  }
  const of = (at: number, what: keyof Passed): string =>
    `${median(found.map((passed) => passed[at][what])).toFixed(0)} ms`;
  for (const [at, name] of ['something', 'the first frame', 'LIVE'].entries())
    console.log(`an hour: ${name} after ${of(at, 'wall')}, of CPU ${of(at, 'cpu')} (medians of 5)`);
}

async function whileItChanges(): Promise<void> {
  boot();
  const top = new Top();
  await setTimeout(SETTLING);
  await measured(top, `${CGROUPS} cgroups that change`);
  await pressed(top, 'selecting, while they change', '\x1b[B', 40);
  tell('pause');
  await setTimeout(SETTLING);
  await measured(top, 'while the machine is paused');
  await pressed(top, 'selecting, paused', '\x1b[B', 40);
  for (const key of ['6', '\x1b[H']) await top.press(key);
  await pressed(top, 'events, a page up', '\x1b[5~', 40);
  for (const key of ['>', '>', '\x1b[F']) await top.press(key);
  await pressed(top, 'selecting, sorted by a figure', '\x1b[A', 40);
  await top.quit();
}

try {
  await (given.hour ? afterAnHour() : whileItChanges());
} finally {
  spawnSync(process.execPath, [memcg, 'down'], { env });
  rmSync(folder, { recursive: true, force: true });
}
