import type { Command } from 'commander';
import { duration, pageSize } from '../../kernel/numbers.ts';
import type { TraceEvent } from '../../kernel/trace.ts';
import type { Pages } from '../../kernel/units.ts';
import { visible } from '../../kernel/visible.ts';
import { shown } from '../../script/paths.ts';
import { EXIT } from '../../script/result.ts';
import { lookingAt, type SessionGiven, sessionCommand, sessionOption } from '../on-session.ts';
import { eventJson } from '../output/event-json.ts';
import { say } from '../output/say.ts';

interface Given extends SessionGiven {
  readonly follow?: boolean;
  readonly json?: boolean;
}

export const events = (): Command =>
  sessionCommand(
    'events',
    'Prints what the reclaimers did: starts, wakings, passes, limit failures, stalls, OOM kills, warnings.',
    'memcg events -f',
  )
    .option('-f, --follow', 'print events as they happen, until ^C')
    .option('--json', 'one JSON object a line')
    .addOption(sessionOption())
    .action(print);

async function print(given: Given): Promise<void> {
  const show = (event: TraceEvent): void => {
    process.stdout.write(`${given.json ? JSON.stringify(eventJson(event)) : eventLine(event)}\n`);
  };
  await lookingAt(given, async (client) => {
    if (!given.follow) {
      const recent = await client.request('events', {});
      if (recent.omitted > 0) say(`${recent.omitted} earlier events are not kept`);
      for (const event of recent.events) show(event);
      return 0;
    }
    const interrupted = new Promise<number>((resolve) =>
      process.once('SIGINT', () => resolve(EXIT.interrupted)),
    );
    client.on('event', ({ event }) => show(event));
    client.on('lost', ({ events: lost }) => say(`${lost} events came faster than they could be printed`));
    await client.request('subscribe', {});
    return Promise.race([interrupted, client.closed.then(() => 0)]);
  });
}

const TIME_WIDTH = 14;
const TYPE_WIDTH = 13;

/** A trace event as one line: when, what, where, and how much. */
export function eventLine(event: TraceEvent): string {
  const time = (event.time / 1e9).toFixed(6).padStart(TIME_WIDTH);
  const cgroup = event.cgroup === null ? 'the machine' : shown(event.cgroup);
  return visible(`${time}  ${event.type.padEnd(TYPE_WIDTH)}  ${cgroup}: ${told(event)}`);
}

const bytes = (count: Pages): string => pageSize(count);

function told(event: TraceEvent): string {
  switch (event.type) {
    case 'start':
      return `memcontd is pid ${event.pid}`;
    case 'stop':
      return `memcontd (pid ${event.pid}) has ended`;
    case 'wake':
      return `usage ${bytes(event.usage)} is above start`;
    case 'sleep':
      return `usage ${bytes(event.usage)} is at or below stop`;
    case 'pass': {
      const who = event.background ? 'in the background' : `by pid ${event.by}`;
      return `${event.reclaimed} of ${event.scanned} pages reclaimed ${who}, priority ${event.priority}`;
    }
    case 'limit-failure':
      return `a charge of pid ${event.pid} met the limit, usage ${bytes(event.usage)}`;
    case 'nap':
      return `pid ${event.pid} napped ${duration(event.duration)}: nothing to free at once`;
    case 'stall':
      return `pid ${event.pid} waited ${duration(event.duration)}${event.charged ? '' : ' in vain'}`;
    case 'oom-kill':
      return event.spared
        ? `out of memory: ${event.task} (pid ${event.pid}) would have been killed; a real process goes on`
        : `out of memory: killed ${event.task} (pid ${event.pid})`;
    case 'warning':
      return event.floor > 0 ? `${event.text} (floor ${bytes(event.floor)})` : event.text;
  }
}
