import { closeSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { MemoryModel } from '../../explore/execution.ts';
import { type Asked, explored, MOST_TASKS, mutants } from '../../explore/findings.ts';
import { FIXES, MODEL_ERRATA, MUTANTS } from '../../explore/model/variant.ts';
import { pageOf } from '../../explore/report/html.ts';
import { perfettoOf } from '../../explore/report/perfetto.ts';
import { details, mutantTable, overview, type Timed } from '../../explore/report/text.ts';
import { SCENARIO_NAMES, type ScenarioName } from '../../explore/scenarios.ts';
import { openOutput } from '../../script/output-file.ts';
import { cgroupPath } from '../../script/paths.ts';
import { lookOfOutput } from '../output/look.ts';
import { complain } from '../output/say.ts';

const EPILOG = `
Examples
  memcg explore                             # every scenario, as it was posted
  memcg explore rmdir                       # a cgroup is freed below memcontd
  memcg explore rmdir --fix cgroup-mutex
  memcg explore --mutants                   # what would be caught

Does a check of a script hold by luck?
  echo 'machine cpus=1
  mkdir a b
  spawn first a
  spawn second b
  start first stream data.img 64K
  start second stream data.img 64K
  wait first
  wait second
  expect a/usage_in_bytes == 64K' | memcg explore --script -

Repairs: ${Object.keys(FIXES).join(', ')}

Errata of the posting: ${Object.keys(MODEL_ERRATA).join(', ')}

Mutants: ${Object.keys(MUTANTS).join(', ')}

Exit status: 0 no property is broken (or every mutant is caught); 1 one is;
2 wrong usage, or a mistake in a script; 3 a file can't be read or written;
130 interrupted.`;

interface Given {
  readonly tasks?: number;
  readonly steps?: number;
  readonly memoryModel: MemoryModel;
  readonly errata: string[];
  readonly fix: string[];
  readonly mutant: string[];
  readonly mutants?: boolean;
  readonly reduction: boolean;
  readonly json?: boolean;
  readonly html?: string;
  readonly perfetto?: string;
  readonly script?: string;
  readonly preemptions: number;
  readonly orders: number;
  readonly group: string;
  readonly color: boolean;
}

export const explore = (): Command =>
  new Command('explore')
    .description(
      'Runs the concurrent parts of the patch in every order that can be, and shows the shortest run that breaks something.',
    )
    .argument('[scenario]', `one of ${SCENARIO_NAMES.join(', ')}; if left out, all`)
    .option('--tasks <n>', `tasks that charge, 1 to ${MOST_TASKS}`, numberUpTo(MOST_TASKS))
    .option('--steps <n>', 'go no further than so many steps', numberUpTo(1e6))
    .addOption(
      new Option('--memory-model <model>', "sc, or tso with x86's store buffers")
        .choices(['sc', 'tso'])
        .default('sc'),
    )
    .option('--errata <names>', 'errors of the posting that are put back', namesOf(MODEL_ERRATA), [])
    .option('--fix <names>', 'repairs', namesOf(FIXES), [])
    .option('--mutant <names>', 'faults on purpose', namesOf(MUTANTS), [])
    .option('--mutants', 'try every mutant, and say what catches it')
    .option('--no-reduction', 'take no states and no steps together')
    .option('--json', 'print one JSON object and nothing else')
    .option('--html <file>', 'write a page in which the shortest runs are stepped through')
    .option('--perfetto <file>', 'write the shortest runs for ui.perfetto.dev')
    .option(
      '--script <file>',
      'run a script in every order that its machine could have chosen; - is standard input',
    )
    .option(
      '--preemptions <n>',
      'of a script: in each order at most so many tasks stop that could go on',
      numberUpTo(100, 0),
      1,
    )
    .option('--orders <n>', 'of a script: run at most so many orders', numberUpTo(1e6), 1000)
    .addOption(
      new Option('-g, --group <cgroup>', 'of a script: the default group')
        .env('MEMCG_GROUP')
        .default('/default')
        .argParser(cgroupOf),
    )
    .option('--no-color', 'print without colours')
    .addHelpText('after', EPILOG)
    .action(async (scenario: string | undefined, given: Given, self: Command) => {
      const said = self.options.filter((each) => self.getOptionValueSource(each.attributeName()) === 'cli');
      const misplaced = (isOfScripts: boolean) =>
        said.find(
          (each) =>
            !ANYWHERE.has(each.attributeName()) && OF_SCRIPTS.has(each.attributeName()) === isOfScripts,
        )?.long;
      if (given.script !== undefined) {
        const other = scenario ?? misplaced(false);
        if (other !== undefined)
          self.error(`memcg: explore: --script runs a script, and ${other} is of the model`, { exitCode: 2 });
        const { script, preemptions, orders, group, color } = given;
        const asked = { script, preemptions, orders, group, color, json: given.json === true };
        process.exitCode = await (await import('./explore-orders.ts')).runOrders(asked);
        return;
      }
      const ofScripts = misplaced(true);
      if (ofScripts !== undefined)
        self.error(`memcg: explore: ${ofScripts} is of a script: name it with --script`, { exitCode: 2 });
      const names = SCENARIO_NAMES.filter((name) => scenario === undefined || name === scenario);
      if (names.length === 0)
        self.error(`memcg: explore: there is no scenario ${scenario}: ${SCENARIO_NAMES.join(', ')}`, {
          exitCode: 2,
        });
      const beside =
        scenario ??
        said.find(({ long }) => long !== '--mutants' && long !== '--json' && long !== '--no-color')?.long;
      if (given.mutants && beside !== undefined)
        self.error(`memcg: explore: --mutants tries each in every scenario: leave out ${beside}`, {
          exitCode: 2,
        });
      if ((given.html ?? given.perfetto) !== undefined && scenario === undefined)
        self.error('memcg: explore: --html and --perfetto show one scenario: name it', { exitCode: 2 });
      process.exitCode = given.mutants ? tryMutants(given) : run(names, given, scenario !== undefined);
    });

/** Options, by their names here: what is of a script, and what is of no model. */
const OF_SCRIPTS: ReadonlySet<string> = new Set(['script', 'preemptions', 'orders', 'group']);
const ANYWHERE: ReadonlySet<string> = new Set(['json', 'color']);

function cgroupOf(text: string): string {
  try {
    return cgroupPath(text);
  } catch (error) {
    throw new InvalidArgumentError(`${error instanceof Error ? error.message : error}.`);
  }
}

function run(names: readonly ScenarioName[], given: Given, one: boolean): number {
  const asked: Asked = {
    model: given.memoryModel,
    variant: new Set([...given.errata, ...given.fix, ...given.mutant]) as Asked['variant'],
    tasks: given.tasks ?? null,
    steps: given.steps ?? null,
    reduce: given.reduction,
  };
  const findings = names.map((name): Timed => {
    const began = performance.now();
    const finding = explored(name, asked);
    return { ...finding, seconds: (performance.now() - began) / 1e3 };
  });
  const written = findings.every(
    (finding) => save(given.html, () => pageOf(finding)) && save(given.perfetto, () => perfettoOf(finding)),
  );
  if (!written) return 3;
  const look = lookOfOutput(null, given.color);
  print(
    given.json ? findings : one ? findings.flatMap((each) => details(each, look)) : overview(findings, look),
    given,
  );
  return findings.some(({ violations }) => violations.length > 0) ? 1 : 0;
}

function tryMutants(given: Given): number {
  const caught = mutants();
  print(given.json ? caught : mutantTable(caught, lookOfOutput(null, given.color)), given);
  return caught.every(({ by }) => by !== null) ? 0 : 1;
}

function print(what: readonly unknown[], { json }: Given): void {
  process.stdout.write(json ? `${JSON.stringify(what, null, 2)}\n` : `${what.join('\n')}\n`);
}

function save(path: string | undefined, text: () => string): boolean {
  if (path === undefined) return true;
  try {
    const file = openOutput(path);
    try {
      writeFileSync(file, text());
    } finally {
      closeSync(file);
    }
    return true;
  } catch (error) {
    complain(`explore: ${path} can't be written: ${error instanceof Error ? error.message : error}`, 3);
    return false;
  }
}

function numberUpTo(most: number, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`a whole number from ${least} to ${most}.`);
  };
}

function namesOf(known: Readonly<Record<string, string>>): (text: string) => string[] {
  return (text) => {
    const names = text.split(',');
    const unknown = names.find((name) => !Object.hasOwn(known, name));
    if (unknown === undefined) return names;
    throw new InvalidArgumentError(`there is no ${unknown}: ${Object.keys(known).join(', ')}.`);
  };
}
