import { Command } from 'commander';
import { OBJECTIVES } from '../../tune/analysis/objective.ts';
import { definitionList } from '../help/definitions.ts';
import { withOptions } from '../options/table.ts';
import { type GivenTune, TUNE_OPTIONS } from '../options/tune.ts';

const EPILOG = `
A script is run without a limit, to learn its peak; then under the limit with many pairs of marks, the more of
them the nearer they are to the best; the best are run on other days (sizes and times a little different), and
what is recommended held in 39 of 40; then under smaller limits. Marks are sizes or shares of the limit. What the
script says of marks with \`set --weak\` is left out; marks that it sets otherwise are a mistake. What is printed to
be typed was replayed as it is printed, and its figures stand beside it.

Objectives
${definitionList(OBJECTIVES, 80).join('\n')}

Examples
  memcg tune web.memcg --limit auto
  memcg tune web.memcg --limit 64M --objective 'p99<=5ms' --html web.html
  memcg tune web.memcg --limit 64M --high 0.9..0.98 --low 0.8,0.9 --out sweep
  memcg tune web.memcg --limit 64M --shard 1/2 --out share1    # on one machine
  memcg tune web.memcg --limit 64M --shard 2/2 --out share2    # on another
  memcg tune --merge share1 share2

Exit status: 0 done; 1 a script fails without any limit, or no marks can be recommended; 2 wrong usage, a script that
sets its own marks, or a workload that never reaches the limit; 3 a file, a worker or a server failed; 130 interrupted.`;

export const tune = (): Command =>
  withOptions(new Command('tune'), TUNE_OPTIONS)
    .description('Finds the watermarks that suit a workload, and says what being wrong costs.')
    .argument('[scripts...]', 'the workloads, - for standard input; with --merge, the folders of the shares')
    .addHelpText('after', EPILOG)
    .action(async (scripts: string[], given: GivenTune) => {
      const { tuneScripts } = await import('./tune-run.ts');
      process.exitCode = await tuneScripts(scripts, given);
    });
