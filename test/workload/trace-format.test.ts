import { describe, expect, it } from 'vitest';
import { parseTraceFormat, traceFormatText } from '../../src/workload/trace-format.ts';

const text = (format: string): string => {
  const parsed = parseTraceFormat(format);
  return parsed.ok ? traceFormatText(parsed.value) : `${parsed.column}: ${parsed.why}`;
};

describe('a trace format', () => {
  it.each([
    ['csv', 'csv:timeunit=s'],
    ['CSV:', 'csv:timeunit=s'],
    [
      'csv:time=time,op=op,size=size,offset=lbn,unit=512,file=file',
      'csv:time=time,op=op,size=size,offset=lbn,file=file,unit=512,timeunit=s',
    ],
    ['csv:timeunit=us', 'csv:timeunit=us'],
    ['csv:time=a=b', 'csv:time=a=b,timeunit=s'],
    ['oracleGeneral', 'oracleGeneral:unit=512'],
    ['oraclegeneral:unit=4096', 'oracleGeneral:unit=4096'],
    ['oracleGeneral:objects', 'oracleGeneral:objects'],
  ])('%s is read as %s', (given, full) => {
    expect(text(given)).toBe(full);
    expect(text(full)).toBe(full);
  });

  it.each([
    ['spc9', 1, '"spc9" is no trace format: the formats are csv'],
    ['', 1, 'the formats are csv'],
    ['csv:colour=red', 5, 'has no "colour": it has time, op, size, offset, file, unit and timeunit'],
    ['csv:time=t,offset', 12, '"offset" is not KEY=VALUE'],
    ['csv:time=t,', 12, '"" is not KEY=VALUE'],
    ['csv:time=t,timeunit=min', 12, 'timeunit "min" is none of s, ms, us, ns'],
    ['csv:timeunit=toString', 5, 'is none of s, ms, us, ns'],
    ['csv:unit=0', 5, 'unit "0" is not a number of bytes from 1 to'],
    ['csv:unit=0x200', 5, 'unit "0x200" is not a number'],
    ['oracleGeneral:blocks', 15, 'has no "blocks": it has objects and unit=BYTES'],
    ['oracleGeneral:unit=-1', 15, 'unit "-1" is not a number'],
  ])('%j is a mistake in column %i: %s', (given, column, why) => {
    const parsed = parseTraceFormat(given);
    expect(parsed).toMatchObject({ ok: false, column, why: expect.stringContaining(why) });
  });
});
