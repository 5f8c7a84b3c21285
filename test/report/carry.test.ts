import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { Carrier } from '../../src/report/html/live/carry.ts';
import { bootScriptFile } from '../../src/script/package-files.ts';
import type { BootScript } from '../../src/script/run.ts';
import { traceOpener } from '../../src/workload/trace-opener.ts';
import { folder } from '../script/scripts.ts';

const OWN = bootScriptFile();

async function carried(boot: BootScript): Promise<string[]> {
  const scripts = folder({ 'a.memcg': 'mkdir a\n' });
  try {
    const carrier = new Carrier(traceOpener);
    const script = scripts.path('a.memcg');
    const nobody = (async function* () {})();
    for (const path of [script, typeof boot === 'string' ? boot : OWN])
      carrier.lines(path, nobody, new AbortController().signal).close();
    const made = await carrier.carry({
      script,
      boot,
      group: '/default',
      options: {},
      marks: null,
      apart: [],
    });
    if (typeof made === 'string') throw new Error(made);
    return Object.keys(made.texts);
  } finally {
    scripts.remove();
  }
}

test('a page carries all boot scripts where memcg chooses one, and else the one that was named', async () => {
  expect(await carried(bootScriptFile)).toContain(basename(OWN));
  expect(await carried(bootScriptFile)).not.toContain(OWN);
  expect(await carried(OWN)).toContain(OWN);
  expect(await carried(OWN)).not.toContain(basename(OWN));
});
