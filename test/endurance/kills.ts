import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { holds, passing, readIfThere, Sandbox } from './sandbox.ts';

/** Rounds of kill -9 at a random moment: what is left of each. */

/** Longer than each of them takes to be up, ms. */
const LATEST = 900;
/** What is to go is gone by then, also on a busy machine, ms. */
const PATIENCE = 20_000;

type Round = (sandbox: Sandbox, name: string) => Promise<string[]>;

export const ROUNDS: Readonly<Record<string, Round>> = {
  /** Whoever started it, while it starts or runs a command. */
  shell: async (sandbox, name) => {
    const shell = sandbox.start('shell', '--', 'sh', '-c', `sleep 1000; : ${name}`);
    await passing(Math.random() * LATEST);
    shell.kill('SIGKILL');
    const left = (): string[] => [
      ...sandbox
        .processes()
        .map((pid) => `process ${pid}: ${readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`),
      ...sandbox.names(sandbox.runtime).filter((each) => each.startsWith('shell-')),
      ...sandbox.names(sandbox.state).filter((each) => each.startsWith('shell-')),
      ...sandbox.mounts(),
    ];
    await holds(() => left().length === 0, PATIENCE);
    return left();
  },
  /** The server that has mounted, or is about to. */
  mount: async (sandbox, name) => {
    const at = join(sandbox.folder, name);
    mkdirSync(at);
    const mount = sandbox.start('mount', at);
    await passing(Math.random() * LATEST);
    for (const pid of servers(sandbox)) process.kill(pid, 'SIGKILL');
    const left = (): string[] => [...sandbox.mounts(), ...(mount.exitCode === null ? ['the command'] : [])];
    // One that came too early has booted no server yet: its mount is sound, and goes with `down`.
    await holds(() => mount.exitCode !== null, PATIENCE);
    if (servers(sandbox).length > 0) sandbox.memcg('down');
    await holds(() => left().length === 0, PATIENCE);
    return left();
  },
  /** A server, while it obeys: what was acknowledged is there, and nothing else of it. */
  server: async (sandbox, name) => {
    const told: string[] = [];
    const over = performance.now() + Math.random() * LATEST;
    for (let i = 0; performance.now() < over; i += 1) {
      sandbox.memcg('mkdir', `/${name}-${i}`);
      told.push(`/${name}-${i}`);
    }
    for (const pid of servers(sandbox)) process.kill(pid, 'SIGKILL');
    const there = sandbox.memcg('ls', '/').split(/\s+/);
    return told.filter((path) => !there.includes(`${path.slice(1)}/`));
  },
};

/** The session's server, as its lock names it; none: it has not got so far. */
const servers = (sandbox: Sandbox): number[] => {
  const pid = Number(readIfThere(join(sandbox.runtime, 'default.lock')).split(' ')[0]);
  return sandbox.processes().filter((each) => each === pid);
};

export async function kills(what: string, rounds: number): Promise<void> {
  const round = ROUNDS[what];
  const sandbox = new Sandbox();
  let bad = 0;
  try {
    for (let i = 1; i <= rounds; i += 1) {
      const left = await round(sandbox, `${what}${i}`);
      if (left.length > 0) {
        bad += 1;
        process.stdout.write(`round ${i}: ${left.join(', ')}\n`);
      }
    }
    process.stdout.write(`${rounds} rounds of kill -9 of a ${what}: something was left in ${bad}\n`);
    if (bad > 0) process.exitCode = 1;
  } finally {
    sandbox.remove();
  }
}
