import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { alone, compared, type Shown, underPolicies } from '../report/picture/shown.ts';
import { renderFile } from '../report/report.ts';
import type { RunResult } from '../script/result.ts';
import { isSystemError, systemText } from '../script/script-files.ts';
import { print } from './print.ts';
import { type AskedReport, STDOUT } from './report-options.ts';

interface Open {
  readonly report: AskedReport;
  /** null: standard output. */
  readonly file: number | null;
  readonly isNew: boolean;
}

/**
 * The reports that were asked for, each in its file. The files are opened before anything runs, so that one
 * that can't be written is known at once, and are left as they were until there is something to write.
 */
export class ReportFiles {
  readonly #open: Open[] = [];
  readonly #shown: Shown[] = [];
  /** Why one can't be written, in one sentence. */
  failure: string | null = null;

  constructor(reports: readonly AskedReport[]) {
    for (const report of reports) {
      try {
        this.#open.push(opened(report));
      } catch (error) {
        this.#note(report, error);
        this.#close();
        return;
      }
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
      for (const { report, file } of this.#open) {
        await this.#guarded(report, async () => {
          const data = Buffer.from(await renderFile(report.kind, this.#shown));
          if (file === null) await print(data);
          else overwrite(file, data);
        });
      }
    }
    this.#close();
  }

  #close(): void {
    for (const { report, file, isNew } of this.#open.splice(0)) {
      if (file === null) continue;
      try {
        const empty = fstatSync(file).size === 0;
        closeSync(file);
        if (isNew && empty) unlinkSync(report.path);
      } catch (error) {
        this.#note(report, error);
      }
    }
  }

  async #guarded(report: AskedReport, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#note(report, error);
    }
  }

  #note({ kind, path }: AskedReport, error: unknown): void {
    if (!isSystemError(error)) throw error;
    this.failure ??= `--${kind}: ${path}: ${systemText(error)}`;
  }
}

function opened(report: AskedReport): Open {
  if (report.path === STDOUT) return { report, file: null, isNew: false };
  const isNew = !existsSync(report.path);
  return { report, file: openSync(report.path, constants.O_WRONLY | constants.O_CREAT), isNew };
}

function overwrite(file: number, data: Uint8Array): void {
  // A pipe or a device has no length.
  if (fstatSync(file).isFile()) ftruncateSync(file);
  for (let at = 0; at < data.length; ) at += writeSync(file, data, at);
}
