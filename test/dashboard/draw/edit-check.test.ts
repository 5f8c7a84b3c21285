import { describe, expect, it } from 'vitest';
import { checkEdit } from '../../../src/dashboard/draw/edit-check.ts';
import { FILES } from '../components/views.ts';

describe('a mark as it is typed', () => {
  it.each([
    ['memory.high_wmark_in_bytes', '60M', true, 'stores 62914560 (60M)   stop 48M <= start 60M <= limit 64M'],
    [
      ...(['memory.high_wmark_in_bytes', '60000000', true] as const),
      'stores 60002304 (57.2M), rounded up to whole pages   stop 48M <= start 57.2M <= limit 64M',
    ],
    [
      'memory.high_wmark_in_bytes',
      '0x3800000',
      true,
      'stores 58720256 (56M)   stop 48M <= start 56M <= limit 64M',
    ],
    ['memory.high_wmark_in_bytes', '80M', false, '80M is above limit_in_bytes (64M): raise the limit first'],
    [
      ...(['memory.high_wmark_in_bytes', '40M', false] as const),
      '40M is below low_wmark_in_bytes (48M): lower low_wmark_in_bytes first',
    ],
    [
      ...(['memory.low_wmark_in_bytes', '60M', false] as const),
      '60M is above high_wmark_in_bytes (56M): raise high_wmark_in_bytes first',
    ],
    [
      ...(['memory.limit_in_bytes', 'M', false] as const),
      '0 is below high_wmark_in_bytes (56M): lower low, then high, then the limit',
    ],
    ['memory.limit_in_bytes', '64m', true, 'stores 67108864 (64M)   stop 48M <= start 56M <= limit 64M'],
    ['memory.limit_in_bytes', '', false, 'type a size: 56M, 1G, 58720256'],
    [
      ...(['memory.limit_in_bytes', '-1', false] as const),
      'no size: digits and one of k K m M g G at most, no sign, no blank before it',
    ],
    ['memory.failcnt', 'anything', true, 'how many charges met the limit; any write sets it to 0'],
    ['unheard_of', 'x', true, ''],
    ['memory.max', '4097', true, 'stores 4096 (4K)'],
    ['memory.max', 'max', true, 'stores max   no charge may take the usage above this'],
    ['memory.max', '1x', false, expect.stringMatching(/^no size: a size is decimal/)],
  ])('%s = %j', (file, text, ok, says) => {
    expect(checkEdit(file, text, FILES)).toEqual({ ok, says });
  });

  it('without the series any limit is taken', () => {
    const files = FILES.filter(({ name }) => !name.includes('wmark'));
    expect(checkEdit('memory.limit_in_bytes', '1M', files)).toEqual({
      ok: true,
      says: 'stores 1048576 (1M)',
    });
  });
});
