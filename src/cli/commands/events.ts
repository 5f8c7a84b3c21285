import { Command } from 'commander';
import type { TraceEvent } from '../../kernel/trace.ts';
import { onSession, type SessionGiven, sessionOption } from '../on-session.ts';
import { eventLine } from '../output/event-line.ts';

const INTERRUPTED = 130;

interface Given extends SessionGiven {
  readonly follow?: boolean;
  readonly json?: boolean;
}

/** `memcg events` */
export function command(): Command {
  return new Command('events')
    .description(
      'Prints what the reclaimers did: starts, wakings, passes, limit failures, stalls, OOM kills, warnings.',
    )
    .option('-f, --follow', 'print events as they happen, until ^C')
    .option('--json', 'one JSON object a line')
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg events -f')
    .action(events);
}

async function events(given: Given): Promise<void> {
  const show = (event: TraceEvent): void => {
    process.stdout.write(`${given.json ? JSON.stringify(event) : eventLine(event)}\n`);
  };
  await onSession(given, { boot: 'if-needed' }, async (client) => {
    if (!given.follow) {
      const recent = await client.request('events', {});
      if (recent.omitted > 0) process.stderr.write(`memcg: ${recent.omitted} earlier events are not kept\n`);
      for (const event of recent.events) show(event);
      return 0;
    }
    const interrupted = new Promise<number>((resolve) => process.once('SIGINT', () => resolve(INTERRUPTED)));
    client.on('event', ({ event }) => show(event));
    client.on('lost', ({ events: lost }) =>
      process.stderr.write(`memcg: ${lost} events came faster than they could be printed\n`),
    );
    await client.request('subscribe', {});
    return Promise.race([interrupted, client.closed.then(() => 0)]);
  });
}
