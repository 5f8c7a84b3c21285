import { jobOf } from './test/tune/jobs.ts';
import { runPoint } from './src/tune/run/run-point.ts';
import { byStem } from './src/tune/run/stem.ts';
import { readPlan } from './src/tune/plan/options.ts';
import { tune } from './src/tune/tune.ts';
const job = await jobOf('', { scripts: [process.argv[2]] });
const read = readPlan({ limit: process.argv[4] ?? 'auto', policy: process.argv[5] ?? 'rfc', objective: 'no-stalls', points: process.argv[3], high: 'any', low: 'any', seeds: '3', seed: '1' });
const sums = new Map<string, [number, number]>();
let round = 0;
const executor = { async run(tasks: any, onFinished: any) {
  round += 1;
  for (const task of byStem(tasks).flat()) {
    const b = process.cpuUsage(); const measurement = await runPoint(job, task); const u = process.cpuUsage(b);
    const kind = `${String(round).padStart(2)} ${task.point.policy} ${task.point.variant === undefined ? 'plain' : 'variant'}`;
    const s = sums.get(kind) ?? [0, 0]; sums.set(kind, [s[0] + 1, s[1] + (u.user + u.system) / 1000]);
    onFinished({ ...task, measurement });
  }
}, async close() {} };
await tune({ job, plan: read.plan, executor, signal: null, progress: () => {} });
let t = 0, n = 0;
for (const [k, [c, ms]] of sums) { console.log(k.padEnd(20), c, (ms / c).toFixed(0), 'ms each', ms.toFixed(0)); t += ms; n += c; }
console.log(n, 'runs', t.toFixed(0), 'ms');
