import { alone, compared, type Shown, underPolicies } from '../../report/picture/shown.ts';
import { renderFile } from '../../report/report.ts';
import type { RunResult } from '../../script/result.ts';
import type { AskedReport } from '../options/reports.ts';
import { OutputFile } from './output-file.ts';

/** The reports that were asked for, each in its file. */
export class ReportFiles {
  readonly #files: OutputFile[] = [];
  readonly #shown: Shown[] = [];
  /** Why one can't be written, in one sentence. */
  failure: string | null = null;

  constructor(reports: readonly AskedReport[]) {
    for (const report of reports) {
      const file = OutputFile.open(report);
      if (typeof file !== 'string') {
        this.#files.push(file);
        continue;
      }
      this.failure = file;
      this.#close();
      return;
    }
  }

  /** A script has run; `off` is its run without background reclaim. One that failed before it began is not shown. */
  add(on: RunResult, off: RunResult | null, others: readonly RunResult[] = []): void {
    if (on.options === null || (on.error !== null && on.virtualNs === 0)) return;
    if (others.length > 0) this.#shown.push(underPolicies([on, ...others]));
    else this.#shown.push(off === null ? alone(on) : compared(on, off));
  }

  /** Draws what has run. With nothing to show, files stay as they were. */
  async write(): Promise<void> {
    if (this.#shown.length > 0) {
      for (const file of this.#files) {
        const failure = await file.write(await renderFile(file.report.kind, this.#shown));
        this.failure ??= failure;
      }
    }
    this.#close();
  }

  #close(): void {
    for (const file of this.#files.splice(0)) {
      const failure = file.close();
      this.failure ??= failure;
    }
  }
}
