import { Command } from 'commander';
import { pageSize, shortDuration } from '../../kernel/numbers.ts';
import { visible } from '../../kernel/visible.ts';
import { palette } from '../../report/look.ts';
import { paragraph, type Row, table } from '../../report/table.ts';
import { Mistake } from '../../script/mistake.ts';
import { shown } from '../../script/paths.ts';
import { EXIT } from '../../script/result.ts';
import type { Failure } from '../../script/world.ts';
import { type Comparison, type Line, percent, textOf, whyNoStalls } from '../../verify/comparison.ts';
import { type Verified, verified } from '../../verify/verify.ts';
import { withOptions } from '../options/table.ts';
import { type GivenVerify, readVerify, VERIFY_OPTIONS } from '../options/verify.ts';
import { lookOfOutput } from '../output/look.ts';
import { complain } from '../output/say.ts';

const EPILOG = `
Examples
  memcg verify fixtures/streaming.memcg --policy memory.high
  memcg verify app.memcg --limit 70%
  memcg verify app.memcg --limit 70% --command 'tsc -p .'

Exit status: 0 the prediction holds; 1 it does not; 2 a mistake in the script or on the
command line, or something is missing here; 3 the real run failed; 130 interrupted.`;

export const verify = (): Command =>
  withOptions(new Command('verify'), VERIFY_OPTIONS)
    .description(
      'Runs a script on a real Linux 6.1, which boots as a process, and sets what was predicted beside what came.',
    )
    .argument('<script>', 'the script')
    .addHelpText('after', EPILOG)
    .action(async (script: string, given: GivenVerify) => {
      process.exitCode = await run(script, given);
    });

async function run(script: string, given: GivenVerify): Promise<number> {
  const options = readVerify(given);
  if (options instanceof Mistake) return complain(`verify: ${options.message}`, EXIT.mistake);
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interrupt.abort());
  let answer: Verified | Failure;
  try {
    answer = await verified({ script, ...options, signal: interrupt.signal });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return complain(`verify: ${error.message}`, EXIT.mistake);
  }
  if (!('comparison' in answer)) {
    const { message, why, kind } = answer;
    return complain(`verify: ${message}${why && `\n${why}`}`, EXIT[kind]);
  }
  process.stdout.write(
    given.json
      ? `${JSON.stringify(jsonOf(script, answer), null, 2)}\n`
      : textOfAll(answer, given, options.width),
  );
  return answer.comparison.holds ? 0 : 1;
}

/** Shares are parts of 1; figures are what the kernel's files count; `predicted_ms` and `real_ms` are real. */
export interface VerifyJson extends Comparison {
  script: string;
  kernel: '6.1';
  /** null: none was set. */
  limit_bytes: number | null;
  predicted_ms: number;
  real_ms: number;
}

const jsonOf = (script: string, { limit, comparison, took }: Verified): VerifyJson => ({
  script,
  kernel: '6.1',
  limit_bytes: limit === null ? null : limit * 4096,
  ...comparison,
  predicted_ms: Math.round(took.predicted),
  real_ms: Math.round(took.real),
});

function textOfAll(
  { limit, comparison, took }: Verified,
  { color }: GivenVerify,
  width: number | null,
): string {
  const look = lookOfOutput(width, color ?? true);
  const { title, bad } = palette(look.color);
  const { lines, holds, verdict, ended, status } = comparison;
  const cgroups = [...new Set(lines.map(({ cgroup }) => cgroup))];
  const blocks = cgroups.map((cgroup) => {
    const own = lines.filter((line) => line.cgroup === cgroup);
    const hasProgram = own.some(({ program }) => program !== undefined);
    const header = hasProgram
      ? ['predicted', 'tasks', 'model off', 'program', 'rec. off', 'all off']
      : ['predicted', 'real', 'off by'];
    return [
      title(
        cgroup === null
          ? 'all'
          : `${visible(shown(cgroup))}${limit === null ? '' : `, limit ${pageSize(limit)}`}`,
      ),
      ...table(
        header,
        own.map(rowOf),
        look.width,
        hasProgram ? { label: 12, cell: 9 } : { label: 28, cell: 11 },
      ),
      '',
    ];
  });
  const ends = [
    ...(ended.predicted === null ? [] : paragraph(`Predicted to end early: ${ended.predicted}`, look.width)),
    ...(ended.real === null ? [] : paragraph(`Ended early: ${ended.real}`, look.width)),
  ];
  const unknown = whyNoStalls(lines);
  const stalls = unknown === null ? [] : paragraph(unknown, look.width);
  const program = status === null || status === 0 ? [] : [`The program ended with status ${status}.`];
  const times = `Predicted in ${shortDuration(took.predicted * 1e6)}, proved in ${shortDuration(took.real * 1e6)}.`;
  const said = paragraph(`${verdict} ${times}`, look.width).map((line) => (holds ? line : bad(line)));
  return `${[...blocks.flat(), ...ends, ...program, ...stalls, ...said].join('\n')}\n`;
}

const off = (error: number | null): string => (error === null ? '-' : percent(error));

const rowOf = ({ figure, predicted, real, error, program }: Line): Row => ({
  label: figure,
  cells: [
    textOf(figure, predicted),
    textOf(figure, real),
    off(error),
    ...(program ? [textOf(figure, program.real), off(program.recording), off(program.both)] : []),
  ],
});
