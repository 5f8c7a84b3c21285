import { jobOf } from './test/tune/jobs.ts';
import { runAlone, runPoint } from './src/tune/run/run-point.ts';
import { pages } from './src/kernel/units.ts';
const job = await jobOf('', { scripts: [process.argv[2]] });
const limit = Number(process.argv[3]);
const P = (policy: string, h: number, l: number) => ({ script: 0, point: { policy, limit: pages(limit), high: pages(Math.round(h * limit)), low: pages(Math.round(l * limit)), seed: 1 } });
const cpu = async (f: () => Promise<unknown>) => { const b = process.cpuUsage(); const m = await f(); const u = process.cpuUsage(b); return [m, (u.user + u.system) / 1000] as const; };
const policies = (process.argv[4] ?? 'rfc').split(',');
for (const policy of policies)
for (const h of [0.5, 0.7, 0.7, 0.9, 0.95, 0.95, 0.98, 0.99, 0.99, 1, 0.97]) {
  const t = P(policy, h, h - 0.01 * Math.random() - 0.01);
  const [a, ta] = await cpu(() => runAlone(job, t));
  const [b, tb] = await cpu(() => runPoint(job, t));
  console.log(policy, h, JSON.stringify(a) === JSON.stringify(b), ta.toFixed(0), tb.toFixed(0), (a as any).stalls, (a as any).passes);
  if (JSON.stringify(a) !== JSON.stringify(b)) console.log(a, b);
}
