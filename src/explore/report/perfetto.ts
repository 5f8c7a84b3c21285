import type { Finding } from '../findings.ts';

/** The shortest runs as trace-event JSON: a process for each property, a track for each thread, a step a microsecond. */
export function perfettoOf(finding: Finding): string {
  const events = finding.violations.flatMap(({ property, run }, violation) => [
    { name: 'process_name', ph: 'M', pid: violation + 1, args: { name: `${finding.scenario}: ${property}` } },
    ...finding.threads.map((name, thread) => ({
      ...{ name: 'thread_name', ph: 'M', pid: violation + 1, tid: thread + 1 },
      args: { name },
    })),
    ...[...run.steps, ...run.forEver].map(({ thread, text, source, changes }, at) => ({
      ...{ name: text, ph: 'X', pid: violation + 1, tid: thread + 1, ts: at, dur: 1 },
      args: { source, changes: changes.join(', ') },
    })),
  ]);
  return `{"displayTimeUnit":"ns","traceEvents":[\n${events.map((event) => JSON.stringify(event)).join(',\n')}\n]}\n`;
}
