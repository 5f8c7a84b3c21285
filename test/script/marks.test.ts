import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWrittenSize } from '../../src/kernel/memparse.ts';
import { encodeText } from '../../src/kernel/text.ts';
import { inAllowedOrder, type Write } from '../../src/script/marks.ts';

/** The kernel's rule, low <= high <= limit after every write, on marks in bytes. */
class Counter {
  readonly marks = new Map<string, bigint>();

  constructor(low: bigint, high: bigint, limit: bigint) {
    this.marks.set('memory.low_wmark_in_bytes', low);
    this.marks.set('memory.high_wmark_in_bytes', high);
    this.marks.set('memory.limit_in_bytes', limit);
  }

  read = (name: string): bigint | null => this.marks.get(name) ?? null;

  write({ name, value }: Write): boolean {
    const size = parseWrittenSize(encodeText(value));
    if (size === null) return false;
    const before = this.marks.get(name);
    if (before === undefined) return true;
    this.marks.set(name, size);
    const [low, high, limit] = [...this.marks.values()];
    if (low <= high && high <= limit) return true;
    this.marks.set(name, before);
    return false;
  }
}

const FRESH = (1n << 63n) - 1n;
const NAMES = ['memory.low_wmark_in_bytes', 'memory.high_wmark_in_bytes', 'memory.limit_in_bytes'];

describe('the order in which set writes marks', () => {
  const ordered = fc
    .array(fc.nat({ max: 40 }), { minLength: 3, maxLength: 3 })
    .map((pages) => pages.sort((a, b) => a - b).map((count) => BigInt(count * 4096)));
  const current = fc.oneof(ordered, fc.constant([FRESH, FRESH, FRESH]));

  it('is allowed from any marks to any others', () => {
    fc.assert(
      fc.property(current, ordered, fc.shuffledSubarray(NAMES), ([a, b, c], target, names) => {
        const counter = new Counter(a, b, c);
        const wanted = new Map(NAMES.map((name, i) => [name, target[i]]));
        const after = NAMES.map(
          (name) => (names.includes(name) ? wanted.get(name) : counter.read(name)) ?? 0n,
        );
        fc.pre(after[0] <= after[1] && after[1] <= after[2]);

        const writes = names.map((name) => ({ name, value: `${wanted.get(name)}` }));
        for (const write of inAllowedOrder(writes, counter.read)) expect(counter.write(write)).toBe(true);
        expect([...counter.marks.values()]).toEqual(after);
      }),
    );
  });

  const orderOf = (counter: Counter, low: string, high: string, limit: string): string[] => {
    const writes = [low, high, limit].map((value, i) => ({ name: NAMES[i], value }));
    return inAllowedOrder(writes, counter.read).map(({ name }) => name.replace(/^memory\.|_.*$/g, ''));
  };

  it('tightens low, high, limit', () => {
    expect(orderOf(new Counter(FRESH, FRESH, FRESH), '48M', '56M', '64M')).toEqual(['low', 'high', 'limit']);
  });

  it('loosens limit, high, low', () => {
    expect(orderOf(new Counter(4096n, 8192n, 12288n), '48M', '0x3800000', '64M')).toEqual([
      'limit',
      'high',
      'low',
    ]);
  });

  it('leaves other files behind the marks, as they were given', () => {
    const writes = ['tasks', 'memory.failcnt', ...NAMES].map((name) => ({ name, value: '0' }));
    const names = inAllowedOrder(writes, new Counter(0n, 0n, 0n).read).map(({ name }) => name);
    expect(names.slice(3)).toEqual(['tasks', 'memory.failcnt']);
  });
});
