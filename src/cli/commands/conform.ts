import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Command, Option } from 'commander';
import { ALLOWANCES, type AllowanceName } from '../../conform/allowances.ts';
import type { Answer, Comparison, Kind, Skipped } from '../../conform/kind.ts';
import { KINDS_OF } from '../../conform/kinds.ts';
import { runRecording } from '../../conform/recording.ts';
import { visible } from '../../kernel/visible.ts';
import { KERNEL_VERSIONS, type KernelVersion } from '../../machine/machine.ts';
import { palette } from '../../report/look.ts';
import { paragraph, table } from '../../report/table.ts';
import { recordingFile } from '../../script/package-files.ts';
import { lookOfOutput } from '../output/look.ts';

const EPILOG = `
Example
  memcg conform daemon

Exit status: 0 every answer agrees; 1 one differs; 2 wrong usage; 3 a recording can't be read.`;
/** More lines than a person reads; --json has them all. */
const MOST_SHOWN = 20;

interface Given {
  readonly kernel: KernelVersion;
  readonly json?: boolean;
  readonly color: boolean;
}

interface Report {
  readonly kind: Kind;
  readonly comparison: Comparison;
  readonly took: number;
}

export const conform = (): Command =>
  new Command('conform')
    .description(
      'Runs the recorded answers of the real kernel against the emulator, and counts how many agree.',
    )
    .argument(
      '[kind...]',
      `what to run; if left out, all: ${namesOf(KINDS_OF['2.6.26'])}; of 6.1 ${namesOf(KINDS_OF['6.1'])}`,
    )
    .addOption(new Option('--kernel <version>', 'whose answers').choices(KERNEL_VERSIONS).default('2.6.26'))
    .option('--json', 'print one JSON object and nothing else')
    .option('--no-color', 'print without colours')
    .addHelpText('after', EPILOG)
    .action((names: string[], given: Given, self: Command) => {
      const kinds = KINDS_OF[given.kernel];
      const unknown = names.find((name) => !kinds.some((kind) => kind.name === name));
      if (unknown !== undefined)
        self.error(`memcg: there is no kind ${unknown} of recording`, { exitCode: 2 });
      process.exitCode = run(
        kinds.filter(({ name }) => names.length === 0 || names.includes(name)),
        given,
      );
    });

const namesOf = (kinds: readonly Kind[]): string => kinds.map(({ name }) => name).join(', ');

function run(kinds: readonly Kind[], given: Given): number {
  const reports: Report[] = [];
  for (const kind of kinds) {
    const path = recordingFile(kind.recording);
    let text: string;
    try {
      const bytes = readFileSync(path);
      text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    } catch (error) {
      process.stderr.write(
        `memcg: ${path} can't be read: ${error instanceof Error ? error.message : error}\n`,
      );
      return 3;
    }
    const began = performance.now();
    const comparison = runRecording(kind, text);
    reports.push({ kind, comparison, took: performance.now() - began });
  }
  const ok = reports.every(({ comparison }) => comparison.answers.every(({ agrees }) => agrees));
  const out = given.json ? `${JSON.stringify(jsonOf(ok, reports), null, 2)}\n` : textOf(reports, given.color);
  process.stdout.write(out);
  return ok ? 0 : 1;
}

/** How often each allowance was used. */
function allowedFor(reports: readonly Report[]): Map<AllowanceName, number> {
  const counts = new Map<AllowanceName, number>();
  for (const { comparison } of reports) {
    for (const { allowance } of comparison.answers) {
      if (allowance !== undefined) counts.set(allowance, (counts.get(allowance) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort(([, a], [, b]) => b - a));
}

/** Skipped lines and fields by reason. */
function skippedFor({ comparison }: Report): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { why } of comparison.skipped) counts.set(why, (counts.get(why) ?? 0) + 1);
  return counts;
}

const count = ({ comparison }: Report) => {
  const allowed = comparison.answers.filter(({ allowance }) => allowance !== undefined).length;
  const differ = comparison.answers.filter(({ agrees }) => !agrees).length;
  return {
    answers: comparison.answers.length,
    equal: comparison.answers.length - allowed - differ,
    allowed,
    differ,
  };
};

export interface ConformJson {
  /** Every answer agrees. */
  ok: boolean;
  kinds: {
    name: string;
    recording: string;
    answers: number;
    /** Answers that are equal, that need not be, and that should. */
    equal: number;
    allowed: number;
    differ: number;
    real_ms: number;
    differences: readonly Answer[];
    skipped: readonly Skipped[];
  }[];
  /** Why answers need not be equal, and how often. */
  allowances: { name: AllowanceName; used: number; reason: string }[];
}

function jsonOf(ok: boolean, reports: readonly Report[]): ConformJson {
  return {
    ok,
    kinds: reports.map((report) => ({
      name: report.kind.name,
      recording: report.kind.recording,
      ...count(report),
      real_ms: Math.round(report.took),
      differences: report.comparison.answers.filter(({ agrees }) => !agrees),
      skipped: report.comparison.skipped,
    })),
    allowances: [...allowedFor(reports)].map(([name, used]) => ({ name, used, reason: ALLOWANCES[name] })),
  };
}

function textOf(reports: readonly Report[], color: boolean): string {
  const look = lookOfOutput(null, color);
  const { title, bad, label } = palette(look.color);
  const rows = reports.map((report) => {
    const { equal, allowed, differ } = count(report);
    const differing = differ > 0 ? bad(`${differ}`) : '0';
    const cells = [`${equal}`, `${allowed}`, differing, `${report.comparison.skipped.length}`];
    return { label: report.kind.name, cells, note: label(report.kind.about) };
  });
  const reasons = [...allowedFor(reports)].map(([name, used]) => ({
    label: name,
    cells: [`${used}`],
    note: label(ALLOWANCES[name]),
  }));
  const differences = reports.flatMap((report) => differencesOf(report).map((line) => bad(line)));
  const skipped = reports.flatMap((report) =>
    [...skippedFor(report)].map(([why, times]) => `${report.kind.recording}: ${why} (${times})`),
  );
  const blocks: [string, readonly string[]][] = [
    [
      'Answers of the real kernel, and ours',
      table(['equal', 'allowed', 'differ', 'skipped'], rows, look.width),
    ],
    ['What is allowed for, and why', table(['times'], reasons, look.width)],
    ['What differs', differences.flatMap((line) => paragraph(line, look.width, '  '))],
    ['What was skipped', skipped.flatMap((line) => paragraph(visible(line), look.width, '  '))],
  ];
  return blocks
    .filter(([, lines]) => lines.length > 0)
    .map(([heading, lines]) => `${title(heading)}\n${lines.join('\n')}\n`)
    .join('\n');
}

function differencesOf({ kind, comparison }: Report): string[] {
  const all = comparison.answers.filter(({ agrees }) => !agrees);
  const lines = all.slice(0, MOST_SHOWN).map(({ case: name, field, recorded, found }) => {
    const values = `recorded ${JSON.stringify(recorded)}, here ${JSON.stringify(found)}`;
    return visible(`${kind.name}: ${name}: ${field}: ${values}`);
  });
  return all.length > MOST_SHOWN
    ? [...lines, `... and ${all.length - MOST_SHOWN} more of ${kind.name}`]
    : lines;
}
