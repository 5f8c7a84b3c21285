import { events } from '../dashboard/components/events.ts';
import { groupEvents } from '../dashboard/draw/event-groups.ts';
import { textOf } from '../dashboard/draw/spans.ts';
import type { TraceEvent } from '../kernel/trace.ts';
import { DEFAULT_OPTIONS } from '../machine/machine.ts';
import { contentOf } from '../report/html/content.ts';
import { OWN_BOOT } from '../report/html/live/carried.ts';
import { rerun } from '../report/html/live/rerun.ts';
import { alone } from '../report/picture/shown.ts';
import type { RunResult } from '../script/result.ts';
import { TraceMemory } from '../script/traces.ts';
import type { Fault, Play, Played, Told } from './messages.ts';

/** Runs the script of the playground, as `memcg replay` would. */

interface Port {
  onmessage: ((event: { readonly data: Play }) => void) | null;
  postMessage(answer: Played): void;
}
const port = globalThis as unknown as Port;

/** More would not be read. */
const MOST_EVENTS = 20_000;
let hand = new AbortController();

port.onmessage = async ({ data: { id, script, text, boots } }) => {
  hand.abort();
  hand = new AbortController();
  const { signal } = hand;
  const seen: TraceEvent[] = [];
  const carried = {
    script,
    texts: { ...boots, [script]: text },
    boot: OWN_BOOT,
    group: '/default',
    options: {},
    marks: null,
    runs: [{ name: '', apart: {}, options: DEFAULT_OPTIONS }],
    until: 1,
    traces: [],
  };
  const run = await rerun(
    carried,
    0,
    {},
    {
      memory: new TraceMemory(0),
      signal,
      progress: () => {},
      keepOutput: false,
      observer: (event) => void (seen.length < MOST_EVENTS && seen.push(event)),
    },
  );
  if (signal.aborted) return;
  const [content] = contentOf([alone(run)]);
  port.postMessage({
    id,
    content,
    events: toldOf(seen),
    faults: faultsOf(run),
    options: run.options,
    until: run.virtualNs,
  });
};

/** In the dashboard's words, each with its time. */
function toldOf(seen: readonly TraceEvent[]): Told[] {
  const groups = groupEvents(seen);
  const { row } = events('', seen);
  return groups.map((group, i) => ({
    time: group.kind === 'many' ? group.together.from : group.event.time,
    text: row(i).map(textOf).join('').trim(),
  }));
}

const faultsOf = ({ error, expectations: { failed } }: RunResult): Fault[] =>
  [
    ...(error === null
      ? []
      : [{ ...error, text: error.why === '' ? error.message : `${error.message}: ${error.why}` }]),
    ...failed.map(({ line, column, text, found }) => ({
      line,
      column,
      text: `expected ${text}: it is ${found}`,
    })),
  ].map(({ line, column, text }) => ({ line, column, text }));
