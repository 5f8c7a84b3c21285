import { closeSync, existsSync, fstatSync, ftruncateSync, unlinkSync, writeSync } from 'node:fs';
import type { ReportKind } from '../../report/report.ts';
import { openOutput } from '../../script/output-file.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { type AskedReport, STDOUT } from '../options/reports.ts';
import { print } from './print.ts';

/** The reports that were asked for, each in its file. */
export class ReportFiles {
  readonly #files: readonly OutputFile[];

  private constructor(files: readonly OutputFile[]) {
    this.#files = files;
  }

  /** A text: why one of them can't be written. */
  static open(reports: readonly AskedReport[]): ReportFiles | string {
    const files: OutputFile[] = [];
    for (const report of reports) {
      const file = OutputFile.open(report);
      if (typeof file === 'string') {
        new ReportFiles(files).close();
        return file;
      }
      files.push(file);
    }
    return new ReportFiles(files);
  }

  /** null, or why one can't be written. */
  async write(render: (kind: ReportKind) => Promise<string>): Promise<string | null> {
    let failure: string | null = null;
    for (const file of this.#files) {
      const failed = await file.write(await render(file.report.kind));
      failure ??= failed;
    }
    return failure;
  }

  /** With nothing written, files stay as they were. null, or why one can't be closed. */
  close(): string | null {
    return this.#files.map((file) => file.close()).find((failure) => failure !== null) ?? null;
  }
}

/**
 * A file for a report, opened before anything runs, so that one that can't be written is known at once, and left
 * as it was until there is something to write. Why something fails is said in one sentence.
 */
class OutputFile {
  readonly report: AskedReport;
  /** null: standard output. */
  readonly #file: number | null;
  readonly #isNew: boolean;

  private constructor(report: AskedReport, file: number | null, isNew: boolean) {
    this.report = report;
    this.#file = file;
    this.#isNew = isNew;
  }

  /** A text: why it can't be opened. */
  static open(report: AskedReport): OutputFile | string {
    if (report.path === STDOUT) return new OutputFile(report, null, false);
    const isNew = !existsSync(report.path);
    try {
      return new OutputFile(report, openOutput(report.path, true), isNew);
    } catch (error) {
      return sentence(report, error);
    }
  }

  /** null, or why it can't be written. */
  async write(text: string): Promise<string | null> {
    const data = Buffer.from(text);
    try {
      if (this.#file === null) await print(data);
      else overwrite(this.#file, data);
      return null;
    } catch (error) {
      return sentence(this.report, error);
    }
  }

  /** A file that was made for nothing goes. null, or why it can't be closed. */
  close(): string | null {
    if (this.#file === null) return null;
    try {
      const empty = fstatSync(this.#file).size === 0;
      closeSync(this.#file);
      if (this.#isNew && empty) unlinkSync(this.report.path);
      return null;
    } catch (error) {
      return sentence(this.report, error);
    }
  }
}

function overwrite(file: number, data: Uint8Array): void {
  // A pipe or a device has no length.
  if (fstatSync(file).isFile()) ftruncateSync(file);
  for (let at = 0; at < data.length; ) at += writeSync(file, data, at);
}

function sentence({ kind, path }: AskedReport, error: unknown): string {
  if (!isSystemError(error)) throw error;
  return `--${kind}: ${path}: ${systemText(error)}`;
}
