import { describe, expect, test } from 'vitest';
import { filesOf } from '../../src/dashboard/stage/view.ts';
import { CONTROL_FILES } from '../../src/linux-2.6.26/control-files.ts';
import { POLICIES } from '../../src/machine/machine.ts';
import { boot } from '../support/boot.ts';

describe.each(CONTROL_FILES)('the entry of $name', (file) => {
  test('tells of a read and of a write exactly where there is one', () => {
    expect(file.writes === undefined).toBe(file.write === undefined);
    // A number needs no words: its kind is enough.
    if (file.kind === 'text' || file.kind === 'lines') {
      expect(file.reads === undefined).toBe(file.read === undefined);
    }
    expect(file.read ?? file.write).toBeDefined();
    expect(file.lines === undefined || file.kind === 'lines').toBe(true);
  });
});

/** Among these is something for every file that takes anything. */
const TEXTS = ['0', '1', 'start', '64K', '50', 'max'];

test.each(POLICIES)('the dashboard offers to edit what a machine with policy=%s lets one write', (policy) => {
  const sh = boot({ policy });
  sh.mkdir('/a');
  // The marks of the series have an order: each can be lowered when those below it have been.
  sh.write('/a/memory.low_wmark_in_bytes', '0');
  sh.write('/a/memory.high_wmark_in_bytes', '32K');
  for (const { name, writable } of filesOf(sh, '/a')) {
    const taken = TEXTS.some((text) => {
      const other = sh.machine.fork().perform({
        op: 'write',
        path: `/a/${name}`,
        data: new TextEncoder().encode(text),
      });
      return other === null || other.ok || other.errno === 'ESRCH';
    });
    expect([name, writable]).toEqual([name, taken]);
  }
});
