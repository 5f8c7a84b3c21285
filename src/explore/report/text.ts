import { type Look, palette } from '../../report/look.ts';
import { paragraph, type Row, table } from '../../report/table.ts';
import { widthOf } from '../../report/width.ts';
import type { Caught, Finding } from '../findings.ts';
import type { RunStep } from '../shortest-run.ts';

/** A finding with how long it took, in real seconds. */
export interface Timed extends Finding {
  readonly seconds: number;
}

const count = (number: number): string => number.toLocaleString('en-US');

/** All scenarios in a table. */
export function overview(findings: readonly Timed[], look: Look): string[] {
  const { title, bad, label } = palette(look.color);
  const rows = findings.map(
    (finding): Row => ({
      label: finding.scenario,
      cells: [count(finding.states), count(finding.transitions), `${finding.depth}`, verdictOf(finding, bad)],
      note: [...finding.violations.map(({ property }) => bad(property)), label(finding.about)].join(', '),
    }),
  );
  return [
    title(`Every interleaving, ${modelText(findings[0])}`),
    ...table(['states', 'steps', 'depth', ''], rows, look.width),
    ...rateOf(findings, look),
  ];
}

const modelText = ({ model, variant }: Finding): string =>
  [
    model === 'sc' ? 'sequentially consistent' : "with x86's store buffers",
    ...(variant.length > 0 ? [variant.join(', ')] : ['as posted']),
  ].join(', ');

function verdictOf({ violations, complete }: Finding, bad: (text: string) => string): string {
  if (violations.length > 0) return bad('broken');
  return complete ? 'holds' : 'not known';
}

/** Of fewer states the table's first chunk tells more than the states do. */
const FEW = 50_000;

function rateOf(findings: readonly Timed[], { width }: Look): string[] {
  const states = findings.reduce((sum, finding) => sum + finding.states, 0);
  const seconds = findings.reduce((sum, finding) => sum + finding.seconds, 0);
  const large = findings.filter((finding) => finding.states >= FEW);
  const bytes = large.map(
    ({ scenario, bytesPerState }) => `, ${bytesPerState.toFixed(1)} bytes a state of ${scenario}`,
  );
  return ['', ...paragraph(`${count(states)} states in ${seconds.toFixed(2)} s${bytes.join('')}`, width)];
}

/** One scenario: what was explored, and the shortest run of each property that is broken. */
export function details(finding: Timed, look: Look): string[] {
  const { title, bad } = palette(look.color);
  const explored = [
    `${count(finding.states)} states, ${count(finding.transitions)} steps, ${finding.depth} deep`,
    finding.complete ? 'all there are' : 'a bound was met: what lies beyond it is not known',
    modelText(finding),
  ].join('; ');
  return [
    ...paragraph(title(`${finding.scenario}: ${finding.about}`), look.width),
    ...paragraph(explored, look.width),
    ...rateOf([finding], look).slice(1),
    ...(finding.violations.length === 0 && finding.complete ? ['', 'No property is broken.'] : []),
    ...finding.violations.flatMap(({ property, says, run }) => [
      '',
      ...paragraph(bad(`${property}: ${says}, after ${run.steps.length} steps`), look.width),
      ...columns(finding.threads, run.steps, 1, look),
      ...(run.forEver.length === 0
        ? []
        : [
            ...paragraph('and from then on, for ever:', look.width),
            ...columns(finding.threads, run.forEver, run.steps.length + 1, look),
          ]),
    ]),
  ];
}

/** Steps below each other, with a mark below the name of who takes them. */
function columns(threads: readonly string[], steps: readonly RunStep[], from: number, look: Look): string[] {
  if (steps.length === 0) return [];
  const { label, mark } = palette(look.color);
  const taking = threads.flatMap((name, thread) =>
    steps.some((step) => step.thread === thread) ? [{ name, thread }] : [],
  );
  const names = taking.map(({ name }) => name).join('  ');
  const indent = ' '.repeat(8 + widthOf(names));
  const room = look.width - indent.length;
  if (room < LEAST_ROOM) return listed(threads, steps, from, look);
  const lines = steps.flatMap((step, at) => {
    const marks = taking.map(({ name, thread }) =>
      thread === step.thread ? centred(look.unicode ? '●' : '*', name) : ' '.repeat(widthOf(name)),
    );
    const [first, ...rest] = [
      ...paragraph(step.text, room),
      ...paragraph(label(step.source), room),
      ...step.changes.flatMap((change) => paragraph(mark(change), room)),
    ];
    return [
      `${`${from + at}`.padStart(4)}  ${marks.join('  ')}${first === undefined ? '' : `  ${first}`}`,
      ...rest.map((line) => `${indent}${line}`),
    ];
  });
  return [label(`      ${names}`), ...lines];
}

/** Columns of a step's text; where there are fewer its thread is named above it. */
const LEAST_ROOM = 24;

function listed(threads: readonly string[], steps: readonly RunStep[], from: number, look: Look): string[] {
  const { label, mark } = palette(look.color);
  return steps.flatMap(({ thread, text, source, changes }, at) => [
    `${`${from + at}`.padStart(4)}  ${label(threads[thread])}`,
    ...[text, label(source), ...changes.map(mark)].flatMap((each) => paragraph(each, look.width, '  ')),
  ]);
}

function centred(text: string, below: string): string {
  const left = Math.floor((widthOf(below) - 1) / 2);
  return `${' '.repeat(left)}${text}${' '.repeat(widthOf(below) - 1 - left)}`;
}

/** What caught each mutant. */
export function mutantTable(caught: readonly Caught[], look: Look): string[] {
  const { title, bad, label } = palette(look.color);
  const rows = caught.map(
    ({ mutant, about, by }): Row => ({
      label: mutant,
      cells:
        by === null ? [bad('NOT CAUGHT'), '', '', ''] : [by.property, by.scenario, by.model, `${by.steps}`],
      note: label(about),
    }),
  );
  return [
    title('Mutants, and what catches them'),
    ...table(['caught as', 'in', 'model', 'steps'], rows, look.width),
  ];
}
