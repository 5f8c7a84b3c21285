import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holds, passing, readIfThere, Sandbox } from './sandbox.ts';

/** Rounds of kill -9 at a random moment: what is left of each. */

/** Most are up by then, and on a busy machine some are not, ms. */
const LATEST = 3000;
/** What is to go is gone by then, also on a busy machine, ms. */
const PATIENCE = 20_000;

interface Round {
  /** How far it had got when it was killed. */
  readonly stage: string;
  /** What should not be there, or should and is not. */
  readonly left: readonly string[];
}

export const ROUNDS: Readonly<Record<string, (sandbox: Sandbox, name: string) => Promise<Round>>> = {
  /** Whoever started it, while it starts or runs a command. */
  shell: async (sandbox, name) => {
    const shell = sandbox.start('shell', '--', 'sh', '-c', `sleep 1000; : ${name}`);
    await passing(Math.random() * LATEST);
    const stage = sandbox.processes().some((pid) => commandOf(pid).startsWith('sleep'))
      ? 'its command ran'
      : sandbox.processes().length > 1
        ? 'it had begun inside'
        : 'it started';
    shell.kill('SIGKILL');
    const left = (): string[] => [
      ...sandbox.processes().map((pid) => `process ${pid}: ${commandOf(pid)}`),
      ...sandbox.names(sandbox.runtime).filter((each) => each.startsWith('shell-')),
      ...sandbox.names(sandbox.state).filter((each) => each.startsWith('shell-')),
      ...sandbox.mounts(),
    ];
    await holds(() => left().length === 0, PATIENCE);
    return { stage, left: left() };
  },
  /** The server that has mounted, or is about to. */
  mount: async (sandbox, name) => {
    const at = join(sandbox.folder, name);
    mkdirSync(at);
    const mount = sandbox.start('mount', at);
    await passing(Math.random() * LATEST);
    const killed = servers(sandbox);
    const stage =
      sandbox.mounts().length > 0
        ? 'it was mounted'
        : killed.length > 0
          ? 'a server was there'
          : 'none was there';
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    await holds(() => mount.exitCode !== null, PATIENCE);
    // Who found no server, or the dead one, has booted another: its mount is sound, and goes with it.
    if (servers(sandbox).length > 0) sandbox.memcg('down');
    const left = (): string[] => [...sandbox.mounts(), ...(mount.exitCode === null ? ['the command'] : [])];
    await holds(() => left().length === 0, PATIENCE);
    return { stage, left: left() };
  },
  /** A server, while it obeys two: what was acknowledged is there. */
  server: async (sandbox, name) => {
    const told: string[] = [];
    let over = false;
    const writing = ['a', 'b'].map(async (writer) => {
      for (let i = 0; !over; i += 1) {
        const path = `${name}-${writer}${i}`;
        const child = sandbox.start('mkdir', `/${path}`);
        const status = await new Promise((resolve) => child.once('exit', resolve));
        if (status === 0) told.push(path);
      }
    });
    await passing(Math.random() * LATEST);
    const killed = servers(sandbox);
    for (const pid of killed) process.kill(pid, 'SIGKILL');
    over = true;
    await Promise.all(writing);
    const there = sandbox.memcg('ls', '/').split(/\s+/);
    return {
      stage: killed.length > 0 ? 'it obeyed' : 'none was there',
      left: told.filter((path) => !there.includes(`${path}/`)).map((path) => `${path} is gone`),
    };
  },
};

const commandOf = (pid: number): string => readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');

/** The session's server, as its lock names it; none: it has not got so far. */
function servers(sandbox: Sandbox): number[] {
  const pid = Number(readIfThere(join(sandbox.runtime, 'default.lock')).split(' ')[0]);
  return sandbox.processes().filter((each) => each === pid);
}

export async function kills(what: string, rounds: number): Promise<void> {
  const sandbox = new Sandbox();
  const stages = new Map<string, number>();
  let bad = 0;
  try {
    for (let i = 1; i <= rounds; i += 1) {
      const { stage, left } = await ROUNDS[what](sandbox, `${what}${i}`);
      stages.set(stage, (stages.get(stage) ?? 0) + 1);
      if (left.length === 0) continue;
      bad += 1;
      process.stdout.write(`round ${i}: ${stage}: ${left.join(', ')}\n`);
    }
    const when = [...stages].map(([stage, count]) => `${stage} ${count}`).join(', ');
    process.stdout.write(
      `${rounds} rounds of kill -9 of a ${what} (${when}): something was left in ${bad}\n`,
    );
    if (bad > 0) process.exitCode = 1;
  } finally {
    sandbox.remove();
  }
}
