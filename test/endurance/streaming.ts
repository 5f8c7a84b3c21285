import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { passing, Sandbox } from './sandbox.ts';

/** Between two looks, ms. */
const EVERY = 15_000;
const MIB = 2 ** 20;

/** A session streams 6 TiB, again and again, as fast as it goes: what its server and its folder take meanwhile. */
export async function streaming(minutes: number): Promise<void> {
  const sandbox = new Sandbox();
  try {
    sandbox.memcg('up', '--bare', 'memory=1G', 'cpus=1');
    sandbox.memcg('spawn', 't', '/');
    sandbox.memcg('speed', 'max');
    const pid = Number(/pid\s+(\d+)/.exec(sandbox.memcg('status'))?.[1]);
    process.stdout.write('minute  streamed TiB  resident MiB  folder MiB  status ms\n');
    const began = performance.now();
    while (performance.now() - began < minutes * 60_000) {
      const idle = !sandbox.memcg('ps').includes('stream');
      if (idle) sandbox.memcg('start', 't', 'stream', 'data.img', '6T');
      await passing(EVERY);
      const asked = performance.now();
      sandbox.memcg('status');
      const took = performance.now() - asked;
      const pages = Number(/^pgpgin (\d+)$/m.exec(sandbox.memcg('cat', '/memory.stat'))?.[1]);
      const folder = join(sandbox.state, 'default');
      const bytes = sandbox.names(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
      const row = [
        ((performance.now() - began) / 60_000).toFixed(1).padStart(6),
        (pages / 2 ** 28).toFixed(2).padStart(12),
        Math.round(resident(pid) / MIB)
          .toString()
          .padStart(12),
        (bytes / MIB).toFixed(1).padStart(10),
        Math.round(took).toString().padStart(9),
      ];
      process.stdout.write(`${row.join('  ')}\n`);
    }
    sandbox.memcg('down');
  } finally {
    sandbox.remove();
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const resident = (pid: number): number =>
  1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
