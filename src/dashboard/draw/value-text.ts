import { duration, size } from '../../kernel/numbers.ts';
import { RES_MAX } from '../../machine/kernels.ts';

const NUMBER = /^\d{1,20}$/;
/** Names in `name value` files whose values are bytes: memory.stat's. */
const BYTES: ReadonlySet<string> = new Set(['cache', 'rss', 'active', 'inactive']);

/** A value of a control file as people read it; empty where that would say nothing more. */
export function humanValue(name: string, value: string): string {
  if (!NUMBER.test(value)) return '';
  if (name.endsWith('_ns')) return Number(value) < 1000 ? '' : duration(Number(value));
  if (!name.endsWith('_in_bytes') && !BYTES.has(name)) return '';
  const bytes = BigInt(value);
  if (bytes === RES_MAX) return 'unset';
  return bytes < 1024n ? '' : size(bytes);
}
