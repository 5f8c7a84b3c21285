import { jobOf } from './test/tune/jobs.ts';
import { runPoint } from './src/tune/run/run-point.ts';
import { pages } from './src/kernel/units.ts';
const job = await jobOf('', { scripts: [process.argv[2]] });
const limit = Number(process.argv[3]);
const P = (policy: string, h: number, l: number) => ({ script: 0, point: { policy, limit: pages(limit), high: pages(Math.round(h * limit)), low: pages(Math.round(l * limit)), seed: 1 } });
for (let i = 0; i < 40; i += 1) await runPoint(job, P('rfc', 0.95 + i / 1000, 0.94));
