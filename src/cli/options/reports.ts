import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { REPORT_KINDS, type ReportKind } from '../../report/report.ts';
import { Mistake } from '../../script/mistake.ts';
import { STDIN } from '../../script/script-files.ts';

/** A report in a file; `-` is standard output. */
export interface AskedReport {
  readonly kind: ReportKind;
  readonly path: string;
}

export const STDOUT = '-';

type Asked = Readonly<Partial<Record<ReportKind | 'events', string | null>>> & { readonly json?: boolean };

/** Reads --svg, --html and so on. Throws a Mistake where two would go to one place, or one onto a script. */
export function readReports(asked: Asked, scripts: readonly string[]): AskedReport[] {
  const reports = REPORT_KINDS.flatMap((kind) => {
    const path = asked[kind] ?? null;
    if (path === '') throw new Mistake(`--${kind}: a file has a name`, 0);
    return path === null ? [] : [{ kind, path }];
  });
  const taken = new Map(
    scripts
      .filter((script) => script !== STDIN)
      .map((script) => [placeOf(script), `the script '${script}' is read from there`]),
  );
  if (asked.events) taken.set(placeOf(asked.events), '--events is written there');
  for (const { kind, path } of reports) {
    if (path === STDOUT && asked.json)
      throw new Mistake(`--${kind}: --json has standard output to itself`, 0);
    const place = placeOf(path);
    const other = taken.get(place);
    if (other !== undefined) throw new Mistake(`--${kind}: ${other}: name another file than '${path}'`, 0);
    taken.set(place, `--${kind} is written there`);
  }
  return reports;
}

/** Whether one of them has standard output to itself. */
export const ontoStdout = (reports: readonly AskedReport[]): boolean =>
  reports.some(({ path }) => path === STDOUT);

/** The file that a name leads to; standard input and output have one of their own. */
function placeOf(path: string): string {
  if (path === STDOUT) return STDOUT;
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}
