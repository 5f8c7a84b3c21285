import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openTrace } from '../../src/workload/open-trace.ts';
import { accessesOf } from './traces.ts';

const path = fileURLToPath(new URL('../../fixtures/recorded/sqlite-load.csv.gz', import.meta.url));

it("the project's own recording holds what its README says", async () => {
  const source = await openTrace(path);
  const accesses = await accessesOf(source);
  const touched = accesses.flatMap(({ file, page, count }) =>
    Array.from({ length: count }, (_, i) => `${file} ${page + i}`),
  );
  const distinct = [...new Set(touched)];
  const pagesOf = (file: string) => distinct.filter((name) => name.startsWith(`${file} `)).length;
  expect({
    records: accesses.length,
    writes: accesses.filter(({ write }) => write === 1).length,
    accesses: touched.length,
    pages: distinct.length,
    files: source.files.map((file) => [file, pagesOf(file)]),
  }).toEqual({
    records: 64_720,
    writes: 12_287,
    accesses: 65_183,
    pages: 10_489,
    files: [
      ['load.db-journal', 79],
      ['load.db', 10_088],
      ['sort.tmp', 322],
    ],
  });
  await source.close();
});
