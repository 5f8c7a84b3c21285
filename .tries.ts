import { readFileSync } from 'node:fs';
import { jobOf } from './test/tune/jobs.ts';
import { runAlone } from './src/tune/run/run-point.ts';
import { pages } from './src/kernel/units.ts';
const p = { script: 0, point: { policy: 'rfc', limit: pages(8 * 256), high: pages(7 * 256), low: pages(6 * 256), seed: 1 } };
for (const line of ['run a stream f1 400K --write', 'run a stream f1 400K --random', 'run a free all', 'start c stream g 1600K --rate 8M\nwait c', 'drop all', 'drop', 'sync', 'write max_usage_in_bytes ""', 'write max_usage_in_bytes 0', 'kill b\nspawn b', 'wait usage_in_bytes <= 4M --within 1s', 'at 30ms --late', 'wait 3ms'])
  try { console.log(line, (await runAlone(await jobOf(`spawn a\nspawn b\nspawn c\nrun a alloc 1M\nrun a stream f1 800K\n${line}\n`), p)).error); } catch (e) { console.log(line, e.message); }
