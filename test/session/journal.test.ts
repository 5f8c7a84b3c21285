import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal } from '../../src/session/journal.ts';
import { decodeRecord, encodeRecord, recordsIn } from '../../src/session/journal-line.ts';
import { Folder } from './sessions.ts';

const record = fc.record({
  time: fc.nat(),
  text: fc.string().map((text) => text.replace(/[\n\r]/g, ' ')),
});

describe('a journal', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        using folder = new Folder();
        const journal = new Journal(folder.at('journal'), false, () => {});
        for (const { time, text } of records) journal.append(time, text);
        const { position } = journal;
        journal.close();
        const bytes = readFileSync(folder.at('journal'));
        expect(bytes.length).toBe(position);
        expect(recordsIn(bytes)).toEqual({ records, sound: position });
      }),
      { numRuns: 50 },
    );
  });

  test('has no line that is read when one of its bits is another', () => {
    fc.assert(
      fc.property(record, fc.nat(), fc.nat(7), ({ time, text }, at, bit) => {
        const bytes = Buffer.from(encodeRecord(time, text).slice(0, -1));
        bytes[at % bytes.length] ^= 1 << bit;
        const read = decodeRecord(bytes.toString());
        // A hex digit in capitals is the only other way to write the same.
        expect(read === null || encodeRecord(read.time, read.text).slice(0, -1) === bytes.toString()).toBe(
          true,
        );
        expect(read).toBe(null);
      }),
    );
  });

  test('keeps with the disk what it says it has kept', async () => {
    using folder = new Folder();
    const journal = new Journal(folder.at('journal'), true, () => {});
    journal.append(1, 'mkdir a');
    const first = journal.kept();
    journal.append(2, 'mkdir b');
    await Promise.all([first, journal.kept()]);
    expect(recordsIn(readFileSync(folder.at('journal'))).records.map(({ text }) => text)).toEqual([
      'mkdir a',
      'mkdir b',
    ]);
    journal.close();
  });
});
