import { Command } from 'commander';

export interface Given {
  readonly output?: string;
  readonly format?: string;
  readonly task?: string;
}

const EPILOG = `
Samples are rows of time,anon,file,read,write; each column but time may be missing. Times are ISO 8601, an
epoch or seconds; sizes are bytes unless the header or the cell says otherwise (anon_kb, 12.5 MiB; K, KB and KiB are
1024 bytes). Reads and writes are counters, which may begin again from 0, or rates (read/s). A page trace
(the formats of \`trace\`) is read through once, and named in a script that replays it.

Examples
  memcg import samples.csv -o web.memcg && memcg replay web.memcg --limit 256M
  memcg import pod.csv --format samples:anon=container_memory_rss,unit=M -o pod.memcg
  memcg import trace.oracleGeneral.zst -o trace.memcg

Exit status: 0 done; 2 wrong usage; 3 the file can't be read or is damaged: what could be read of it is kept.`;

/** `memcg import FILE` */
export function command(): Command {
  return new Command('import')
    .description('Makes a script of a recorded page trace, or of samples of memory in CSV.')
    .argument('<file>', 'the trace or the samples, also compressed with gzip or zstd')
    .option('-o, --output <file>', 'where the script goes (if left out, standard output)')
    .option('--format <format>', 'samples:COLUMN..., or a format of trace (if left out, told by the header)')
    .option('--task <name>', "of the task in the script (if left out, the file's)")
    .addHelpText('after', EPILOG)
    .action(async (file: string, given: Given) => {
      const { importFile } = await import('./import-run.ts');
      process.exitCode = await importFile(file, given);
    });
}
