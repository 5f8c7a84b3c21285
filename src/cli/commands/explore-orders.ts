import { exploreOrders, type Orders } from '../../explore/orders/orders.ts';
import type { Bounds } from '../../explore/orders/search.ts';
import { ordersText } from '../../explore/report/orders.ts';
import { Mistake } from '../../script/mistake.ts';
import { bootScriptFile } from '../../script/package-files.ts';
import { EXIT } from '../../script/result.ts';
import { STDIN } from '../../script/script-files.ts';
import { traceOpener } from '../../workload/trace-opener.ts';
import { scriptInput, streamOf } from '../input.ts';
import { errorText } from '../output/error-text.ts';
import { lookOfOutput } from '../output/look.ts';
import { complain } from '../output/say.ts';

interface Asked extends Bounds {
  readonly script: string;
  readonly group: string;
  readonly json: boolean;
  readonly color: boolean;
}

/** `memcg explore --script`. Answers the exit status; ^C ends it with what is known by then. */
export async function runOrders({ script, group, json, color, ...bounds }: Asked): Promise<number> {
  const kept = script === STDIN ? await scriptInput(process.stdin) : null;
  if (kept instanceof Mistake) return complain(`explore: ${kept.message}`, EXIT.mistake);
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const input = () => (kept === null ? process.stdin : streamOf(kept));
  const { signal } = interrupt;
  const found = await exploreOrders(
    { script, input, boot: bootScriptFile, group, traces: traceOpener, signal },
    bounds,
  );
  if ('kind' in found) {
    process.stderr.write(errorText(found));
    return EXIT[found.kind];
  }
  const text = json
    ? JSON.stringify(found, null, 2)
    : ordersText(found, lookOfOutput(null, color)).join('\n');
  process.stdout.write(`${text}\n`);
  return signal.aborted ? EXIT.interrupted : statusOf(found);
}

const statusOf = ({ properties }: Orders): number =>
  properties.some(({ broken }) => broken !== null) ? 1 : 0;
