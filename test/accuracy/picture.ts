import { COUNTED, type ErrorName, isLimited, median, offsOf } from './errors.ts';
import type { Measured } from './measure.ts';

/** Each run's error as a dot, on a scale of powers of ten; the median as a bar. */
export function pictureOf(all: readonly Measured[]): string {
  const rows = all.filter(isLimited);
  const groups = GROUPS.map(({ title, isProgram, name }) => ({
    title,
    name,
    rows: rows.filter((row) => row.isProgram === isProgram),
  }));
  const lines = groups.flatMap((group) => COUNTED.map((figure) => ({ group, figure })));
  const marks = lines.map(({ group, figure }, i) => {
    const y = TOP + i * LINE + Math.floor(i / COUNTED.length) * GAP;
    const errors = offsOf(group.rows, group.name, figure).map(({ error }) => error);
    const middle = median(errors);
    const title =
      figure === COUNTED[0] ? `<text x="8" y="${y - 18}" class="title">${group.title}</text>` : '';
    const dots = errors.map((error) => `<circle cx="${xOf(error)}" cy="${y}" r="4"/>`).join('');
    const bar =
      middle === null
        ? ''
        : `<rect x="${xOf(middle) - 1.5}" y="${y - 9}" width="3" height="18" class="median"/>`;
    return `${title}<text x="8" y="${y + 4}">${figure}</text>${dots}${bar}`;
  });
  const height = TOP + lines.length * LINE + GROUPS.length * GAP + 10;
  const axis = TICKS.map(
    ({ at, label }) =>
      `<line x1="${xOf(at)}" x2="${xOf(at)}" y1="30" y2="${height - 20}" class="tick"/><text x="${xOf(at)}" y="20" text-anchor="middle">${label}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>How far off predictions are, by figure</title>
<style>svg{background:#fff}text{fill:#333}.title{font-weight:600}.tick{stroke:#ddd}circle{fill:#2a6fb0;fill-opacity:.35}.median{fill:#b03a2a}
@media(prefers-color-scheme:dark){svg{background:#161616}text{fill:#ccc}.tick{stroke:#333}circle{fill:#6fb0f0}}</style>
${axis.join('\n')}
${marks.join('\n')}
</svg>
`;
}

const GROUPS: readonly { title: string; isProgram: boolean; name: ErrorName }[] = [
  { title: 'scripts: the model', isProgram: false, name: 'model' },
  { title: 'programs: the model', isProgram: true, name: 'model' },
  { title: 'programs: the recording', isProgram: true, name: 'recording' },
  { title: 'programs: both', isProgram: true, name: 'both' },
];
const WIDTH = 760;
const [LEFT, RIGHT] = [130, 730];
const TOP = 66;
const LINE = 22;
const GAP = 34;
/** Errors below are drawn as that; above the last, as that. */
const LEAST = 1e-4;
const MOST = 10;
const TICKS = [
  { at: LEAST, label: '0' },
  { at: 1e-3, label: '0.1 %' },
  { at: 1e-2, label: '1 %' },
  { at: 1e-1, label: '10 %' },
  { at: 1, label: '100 %' },
  { at: MOST, label: 'x10' },
];

function xOf(error: number): number {
  const within = Math.min(MOST, Math.max(LEAST, error));
  return Math.round(
    LEFT +
      ((Math.log10(within) - Math.log10(LEAST)) / (Math.log10(MOST) - Math.log10(LEAST))) * (RIGHT - LEFT),
  );
}
