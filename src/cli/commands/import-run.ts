import { basename, dirname, isAbsolute, relative } from 'node:path';
import { size } from '../../kernel/numbers.ts';
import { Mistake } from '../../script/mistake.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { readTask } from '../../script/values.ts';
import { quote } from '../../script/words.ts';
import { readThrough, type TraceContents } from '../../workload/import-trace.ts';
import { aboutSamples, aboutTrace } from '../../workload/record/about.ts';
import { Recording } from '../../workload/record/recording.ts';
import { summary, taskName } from '../../workload/record/script-head.ts';
import { timeText } from '../../workload/record/step-text.ts';
import { readHeader } from '../../workload/samples/header.ts';
import { type Findings, readSamples } from '../../workload/samples/read-samples.ts';
import { looksLikeSamples } from '../../workload/samples/samples-columns.ts';
import {
  PLAIN_SAMPLES,
  parseSamplesFormat,
  SAMPLES_FORMAT,
  type SamplesFormat,
} from '../../workload/samples/samples-format.ts';
import { TraceError } from '../../workload/trace-error.ts';
import { FORMATS, parseTraceFormat } from '../../workload/trace-format.ts';
import type { Given } from './import.ts';

const MISUSED = 2;
const WORLD_FAILED = 3;

interface Import {
  readonly file: string;
  readonly output: string;
  readonly task: string;
}

/** `memcg import`; resolves with the exit status. */
export async function importFile(file: string, given: Given): Promise<number> {
  try {
    const asked: Import = {
      file,
      output: given.output ?? '-',
      task: given.task === undefined ? taskName(stem(file)) : readTask({ text: given.task, column: 0 }),
    };
    const format = await chosenFormat(file, given.format ?? null);
    return await (typeof format === 'object' && format !== null
      ? importSamples(asked, format)
      : importTrace(asked, format));
  } catch (error) {
    if (error instanceof Mistake) return complain(error.message, MISUSED);
    if (error instanceof TraceError) return complain(error.message, WORLD_FAILED);
    if (isSystemError(error)) return complain(`${file}: ${systemText(error)}`, WORLD_FAILED);
    throw error;
  }
}

/** That of samples, or the text of a trace's, or null: told by the trace. Throws a Mistake. */
async function chosenFormat(file: string, text: string | null): Promise<SamplesFormat | string | null> {
  if (text === null) return looksLikeSamples(await readHeader(file)) ? PLAIN_SAMPLES : null;
  const isSamples = /^samples(:|$)/i.test(text);
  const format = isSamples ? parseSamplesFormat(text.slice('samples:'.length)) : text;
  if (typeof format !== 'string') return format;
  if (isSamples) throw new Mistake(`--format ${text}: ${format}`, 0);
  const parsed = parseTraceFormat(format);
  if (!parsed.ok) {
    const isKnown = /^(csv|oraclegeneral)(:|$)/i.test(format);
    throw new Mistake(
      isKnown ? `--format ${format}: ${parsed.why}` : `--format ${format}: ${FORMATS}, and ${SAMPLES_FORMAT}`,
      0,
    );
  }
  return format;
}

async function importSamples({ file, output, task }: Import, format: SamplesFormat): Promise<number> {
  const findings: Findings = { resets: new Map(), gaps: new Map() };
  const samples = readSamples(file, format, findings);
  // The header and the first row are read before anything is written.
  const first = await samples.next();
  if (first.done === true) return complain(`${file}: there is no sample`, WORLD_FAILED);
  const title = `${basename(file)}, imported by memcg import`;
  const recording = new Recording(output, aboutSamples(title, task, first.value.cached !== null), null);
  recording.add(first.value);
  let damage: string | null = null;
  try {
    for await (const sample of samples) {
      recording.add(sample);
      if (recording.failure !== null) break;
    }
  } catch (error) {
    if (!(error instanceof TraceError)) throw error;
    damage = error.message;
  }
  recording.end(notesOf(findings), damage);
  if (recording.failure !== null) return complain(recording.failure, WORLD_FAILED);
  const { totals } = recording;
  if (damage !== null)
    return complain(`${damage}\nwhat came before it is kept, ${timeText(totals.time)} of it`, WORLD_FAILED);
  tell(output, `${timeText(totals.time)}, ${summary(totals)}`);
  return 0;
}

const notesOf = ({ resets, gaps }: Findings): string[] => [
  ...[...resets].map(([name, times]) => `${name} went backwards in ${rows(times)}: counted on from 0`),
  ...[...gaps].map(([name, times]) => `${name} has no value in ${rows(times)}: it stayed as it was`),
];

const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

async function importTrace({ file, output, task }: Import, format: string | null): Promise<number> {
  const contents = await readThrough(file, format);
  const about = aboutTrace(`${basename(file)}, imported by memcg import`, task, told(contents));
  const recording = new Recording(output, about, null);
  const path = output === '-' || isAbsolute(file) ? file : relative(dirname(output), file);
  recording.addLine(quote(['run', task, 'trace', path, '--format', contents.format]), contents.lasts);
  recording.end([], contents.damage);
  if (recording.failure !== null) return complain(recording.failure, WORLD_FAILED);
  if (contents.damage !== null) return complain(contents.damage, WORLD_FAILED);
  tell(output, told(contents));
  return 0;
}

function told({ records, writes, pages, lasts, files }: TraceContents): string {
  const amount = size(BigInt(pages) * 4096n);
  return `${records} records in ${timeText(lasts)}, ${writes} of them writes, ${amount} of ${files} ${files === 1 ? 'file' : 'files'}`;
}

/** `web` of `data/web.csv.gz`. */
const stem = (file: string): string => basename(file).replace(/\..*$/, '');

function tell(output: string, text: string): void {
  if (output !== '-' && process.stderr.isTTY) process.stderr.write(`memcg: ${output}: ${text}\n`);
}

function complain(why: string, status: number): number {
  process.stderr.write(`memcg: import: ${why}\n`);
  return status;
}
