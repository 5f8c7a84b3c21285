import { basename, dirname, isAbsolute, relative } from 'node:path';
import { Command } from 'commander';
import { size } from '../../kernel/numbers.ts';
import { Mistake } from '../../script/mistake.ts';
import { EXIT } from '../../script/result.ts';
import { isSystemError, systemText } from '../../script/script-files.ts';
import { readTask } from '../../script/values.ts';
import { quote } from '../../script/words.ts';
import { firstLineOf } from '../../workload/csv-header.ts';
import { detectedFormat, PUBLISHED } from '../../workload/formats.ts';
import { readThrough, type TraceContents } from '../../workload/import-trace.ts';
import { openTrace } from '../../workload/open-trace.ts';
import { aboutSamples, aboutTrace } from '../../workload/record/about.ts';
import { Recording } from '../../workload/record/recording.ts';
import type { Sample } from '../../workload/record/sample.ts';
import { summary, taskName } from '../../workload/record/script-head.ts';
import { timeText } from '../../workload/record/step-text.ts';
import { type Findings, readSamples, type SamplesAsked } from '../../workload/samples/read-samples.ts';
import { firstLines } from '../../workload/samples/read-table.ts';
import { looksLikeSamples } from '../../workload/samples/samples-columns.ts';
import {
  isSamplesFormat,
  PLAIN_SAMPLES,
  readSamplesFormat,
  SAMPLES_FORMAT,
  type SamplesFormat,
} from '../../workload/samples/samples-format.ts';
import type { Choice } from '../../workload/samples/series.ts';
import { detectedSource, SAMPLE_SOURCES } from '../../workload/samples/sources.ts';
import { withinPeak } from '../../workload/samples/within-peak.ts';
import { TraceError } from '../../workload/trace-error.ts';
import { FORMATS, parseTraceFormat } from '../../workload/trace-format.ts';
import { complain, say } from '../output/say.ts';

interface Given {
  readonly output?: string;
  readonly format?: string;
  readonly task?: string;
  readonly sort?: true;
  readonly column?: readonly string[];
  readonly formats?: true;
}

const EPILOG = `
Samples are rows of time,anon,file,read,write; each column but time may be missing. Times are ISO 8601, an
epoch or seconds; sizes are bytes unless the header or the cell says otherwise (anon_kb, 12.5 MiB; K, KB and KiB are
1024 bytes). Reads and writes are counters, which may begin again from 0, or rates (read/s). What Prometheus, Grafana,
cAdvisor, kubectl top, docker stats, pidstat, psrecord, vmstat and below write down is read as it is (--formats). What
is left out, or could be taken in two ways, is said. A page trace (the formats of \`trace\`) is read through once, and
named in a script that replays it.

Examples
  memcg import samples.csv -o web.memcg && memcg replay web.memcg --limit 256M
  memcg import pod.csv --format samples:anon=rss,unit=M -o pod.memcg
  memcg import range-query.json --column pod=web-0 -o web-0.memcg
  memcg import stats.txt --format docker-stats:interval=1s -o web.memcg
  memcg import trace.oracleGeneral -o trace.memcg

Exit status: 0 done; 2 wrong usage; 3 the file can't be read or is damaged: what could be read of it is kept.`;

export const imported = (): Command =>
  new Command('import')
    .description('Makes a script of a recorded page trace, or of samples of memory in CSV.')
    .argument('[file]', 'the trace or the samples, also compressed with gzip or zstd')
    .option('-o, --output <file>', 'where the script goes (if left out, standard output)')
    .option('--format <format>', 'samples:COLUMN..., or a format of trace (if left out, told by the header)')
    .option('--task <name>', "of the task in the script (if left out, the file's)")
    .option('--sort', 'put the records, or the rows, in the order of their times')
    .option(
      '--column <label=value>',
      'of several series in one table, the one with this label; said once for each label',
      (text: string, others: readonly string[] = []) => [...others, text],
    )
    .option('--formats', 'list the formats that are known by name, and end')
    .addHelpText('after', EPILOG)
    .action(async (file: string | undefined, given: Given) => {
      if (given.formats) {
        process.stdout.write(formatList());
        return;
      }
      if (file === undefined) {
        process.exitCode = complain('import: name the file to import', EXIT.mistake);
        return;
      }
      process.exitCode = await importFile(file, given);
    });

/** `pod=web-0`, said as often as there are labels to choose by. Throws a Mistake. */
function readChoice(texts: readonly string[] = []): Choice {
  return new Map(
    texts.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new Mistake(`--column ${text}: it is LABEL=VALUE, as pod=web-0`, 0);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

interface Import {
  readonly file: string;
  readonly output: string;
  readonly task: string;
}

const formatList = (): string =>
  [...PUBLISHED, ...SAMPLE_SOURCES]
    .map(({ name, units, header, source }) => `${name}\n  ${units}\n  header: ${header}\n  ${source}\n`)
    .join('');

/** Resolves with the exit status. */
async function importFile(file: string, given: Given): Promise<number> {
  try {
    const asked: Import = {
      file,
      output: given.output ?? '-',
      task: given.task === undefined ? taskName(stem(file)) : readTask({ text: given.task, column: 0 }),
    };
    const choice = readChoice(given.column);
    const format = await chosenFormat(file, given.format ?? null);
    if (typeof format === 'object' && format !== null)
      return await importSamples(asked, { format, choice, sort: given.sort ?? false });
    const only = [...choice].map(([column, value]) => `only=${column}:${value}`);
    return await importTrace(asked, await extended(file, format, [...only, ...(given.sort ? ['sort'] : [])]));
  } catch (error) {
    if (error instanceof Mistake) return complain(`import: ${error.message}`, EXIT.mistake);
    if (error instanceof TraceError) return complain(`import: ${error.message}`, EXIT.world);
    if (isSystemError(error)) return complain(`import: ${file}: ${systemText(error)}`, EXIT.world);
    throw error;
  }
}

/** The format with more options, told by the file where none was named. */
async function extended(
  file: string,
  format: string | null,
  options: readonly string[],
): Promise<string | null> {
  if (options.length === 0) return format;
  const source = await openTrace(file, format === null ? {} : { format });
  await source.close();
  return `${source.format}${source.format.includes(':') ? ',' : ':'}${options.join(',')}`;
}

/** That of samples, or the text of a trace's, or null: told by the trace. Throws a Mistake. */
async function chosenFormat(file: string, text: string | null): Promise<SamplesFormat | string | null> {
  if (text === null) {
    const { names, line } = await firstLineOf(file);
    if (detectedFormat(names, line) !== undefined) return null;
    return looksLikeSamples(names) || detectedSource(await firstLines(file)) !== undefined
      ? PLAIN_SAMPLES
      : null;
  }
  const isSamples = isSamplesFormat(text);
  const format = isSamples ? readSamplesFormat(text) : text;
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

async function importSamples({ file, output, task }: Import, asked: SamplesAsked): Promise<number> {
  const findings: Findings = { resets: new Map(), gaps: new Map(), notes: [] };
  const samples: Sample[] = [];
  let damage: string | null = null;
  try {
    for await (const sample of readSamples(file, asked, findings)) samples.push(sample);
  } catch (error) {
    if (!(error instanceof TraceError) || samples.length === 0) throw error;
    damage = error.message;
  }
  const [first] = samples;
  const title = `${basename(file)}, imported by memcg import`;
  const recording = new Recording(output, aboutSamples(title, task, first.cached !== null), null, true);
  for (const sample of withinPeak(samples)) recording.add(sample);
  // What the first sample has in memory was read before it began.
  recording.totals = { ...recording.totals, read: recording.totals.read - first.read };
  const notes = notesOf(findings);
  recording.end(notes, damage);
  for (const note of notes) say(`import: ${note}`);
  if (recording.failure !== null) return complain(`import: ${recording.failure}`, EXIT.world);
  const { totals } = recording;
  if (damage !== null)
    return complain(
      `import: ${damage}\nwhat came before it is kept, ${timeText(totals.time)} of it`,
      EXIT.world,
    );
  tell(output, `${timeText(totals.time)}, ${summary(totals)}`);
  return 0;
}

const notesOf = ({ resets, gaps, notes }: Findings): string[] => [
  ...notes,
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
  recording.end(contents.notes, contents.damage);
  for (const note of contents.notes) say(`import: ${note}`);
  if (recording.failure !== null) return complain(`import: ${recording.failure}`, EXIT.world);
  if (contents.damage !== null) return complain(`import: ${contents.damage}`, EXIT.world);
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
  if (output !== '-' && process.stderr.isTTY) say(`${output}: ${text}`);
}
