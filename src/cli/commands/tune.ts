import { Command, Option } from 'commander';
import { OBJECTIVES } from '../../tune/analysis/objective.ts';

/** The options of `memcg tune` as commander gives them. */
export interface GivenTune {
  readonly limit?: string;
  readonly high?: string;
  readonly low?: string;
  readonly points?: string;
  readonly policy?: string;
  readonly objective?: string;
  readonly seeds?: string;
  readonly seed?: string;
  readonly warmup?: string;
  readonly jobs?: string;
  readonly out?: string;
  readonly shard?: string;
  readonly merge?: boolean;
  readonly queue?: string;
  readonly json?: boolean;
  readonly svg?: string;
  readonly html?: string;
  readonly errata?: string;
  readonly boot?: string;
  readonly bare?: boolean;
  readonly group: string;
  readonly width?: string;
  readonly color: boolean;
}

const EPILOG = `
A script is run without a limit, to learn its peak; then under the limit with many pairs of marks, the more of
them the nearer they are to the best; then under smaller limits. Marks are sizes or shares of the limit. What the
script says of marks with \`set --weak\` is left out; marks that it sets otherwise are a mistake.

Objectives
${OBJECTIVES.map(([form, meaning]) => `  ${form.padEnd(12)} ${meaning}`).join('\n')}

Examples
  memcg tune fixtures/recorded/*.memcg --limit auto
  memcg tune web.memcg --limit 512M --objective 'p99<=5ms' --html report.html
  memcg tune web.memcg --limit 512M --high 0.8..0.98 --low 0.7,0.75,0.8 --out web.sweep
  memcg tune web.memcg --limit 512M --shard 3/8 --out share3    # then: memcg tune --merge share*

Exit status: 0 done; 1 a script fails without any limit; 2 wrong usage, a script that sets its own marks, or
a workload that never reaches the limit; 3 a file, a worker or a server failed; 130 interrupted.`;

/** `memcg tune SCRIPT...` */
export function command(): Command {
  return new Command('tune')
    .description('Finds the watermarks that suit a workload, and says what being wrong costs.')
    .argument('[scripts...]', 'the workloads, - for standard input; with --merge, the folders of the shares')
    .option('--limit <size>', 'the limit, or auto: 80 % of the peak of a run without one', 'auto')
    .option('--high <marks>', 'where reclaim may start: A,B,C or A..B, sizes or shares (if left out, 0.5..1)')
    .option('--low <marks>', 'where it may stop (if left out, 0.3..1)')
    .option('--points <n>', 'about how many pairs of marks are tried for each script and policy', '150')
    .option('--policy <list>', 'who reclaims: names of policies, with commas between (if left out, rfc)')
    .option('--objective <goal>', 'what is wanted, see below', 'no-stalls')
    .option('--seeds <n>', 'run everything with so many seeds; one, where nothing is random', '3')
    .option('--seed <n>', 'the first of them', '1')
    .option('--warmup <time>', 'leave out so much at the beginning', '0')
    .option('-j, --jobs <n>', 'worker threads (if left out, as many as there are CPUs)')
    .option('--out <dir>', 'keep finished runs in a folder, and go on from what is there')
    .option('--shard <i/n>', 'run one share of n, with --out')
    .option('--merge', 'join the folders of shares, and finish what depends on all of them')
    .option('--queue <url>', 'let `memcg tune-worker` processes run it, through redis://HOST')
    .option('--json', 'print one JSON object and nothing else')
    .option('--svg <file>', 'draw the trade-off; - is standard output, in place of the text')
    .option('--html <file>', 'write a page that needs nothing beside itself')
    .option('--errata <list>', 'errors of the posted patch to put back: names, posted or recorded')
    .option('--boot <file>', "another boot script than memcg's own; its marks don't count")
    .option('--bare', 'boot without a boot script')
    .addOption(new Option('-g, --group <cgroup>', 'the group to tune').env('MEMCG_GROUP').default('/default'))
    .option('--width <columns>', "of the report (if left out, the terminal's)")
    .option('--no-color', 'print without colours')
    .addHelpText('after', EPILOG)
    .action(async (scripts: string[], given: GivenTune) => {
      const { tuneScripts } = await import('./tune-run.ts');
      process.exitCode = await tuneScripts(scripts, given);
    });
}
