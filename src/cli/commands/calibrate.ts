import { Command } from 'commander';
import { EXIT } from '../../script/result.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { costsOf, costWords, findings } from '../../workload/calibrate/costs.ts';
import { type Measured, measure } from '../../workload/calibrate/measure.ts';
import { complain } from '../output/say.ts';

const EPILOG = `
The line goes into a script, before anything else; \`memcg record --calibrate\` writes it into the recording.

Example
  memcg calibrate .

Exit status: 0 done; 2 wrong usage; 3 the folder can't be written.`;

/** `costs`: ns, by the names of the machine's options. */
export interface CalibrateJson {
  measured: Measured;
  costs: Record<string, number>;
}

export const calibrate = (): Command =>
  new Command('calibrate')
    .description("Measures what this machine's memory and storage cost, and prints it as a machine line.")
    .argument(
      '[folder]',
      'where a file of 64 MiB is written, read and removed: on the storage that is meant',
      '.',
    )
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EPILOG)
    .action((folder: string, { json }: { readonly json?: true }) => {
      try {
        const measured = measure(folder);
        const costs = costsOf(measured);
        const comments = findings(measured).map((sentence) => `# ${sentence}\n`);
        process.stdout.write(
          json
            ? `${JSON.stringify({ measured, costs } satisfies CalibrateJson)}\n`
            : `${comments.join('')}machine ${costWords(costs)}\n`,
        );
      } catch (error) {
        if (!isSystemError(error)) throw error;
        process.exitCode = complain(`calibrate: ${folder}: ${systemText(error)}`, EXIT.world);
      }
    });
