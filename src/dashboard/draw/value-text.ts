import { duration, size } from '../../kernel/numbers.ts';
import { PAGE_SIZE } from '../../kernel/units.ts';
import { kindOf, RES_MAX } from '../../machine/kernels.ts';

const NUMBER = /^\d{1,20}$/;

/** A value of a control file, or of a line of one, as people read it; empty where that would say nothing more. */
export function humanValue(name: string, value: string): string {
  if (!NUMBER.test(value)) return '';
  const kind = kindOf(name);
  if (kind === 'ns') return Number(value) < 1000 ? '' : duration(Number(value));
  if (kind !== 'bytes') return '';
  const bytes = BigInt(value);
  // Rounded to whole pages or not.
  if (bytes <= RES_MAX && bytes > RES_MAX - BigInt(PAGE_SIZE)) return 'unset';
  return bytes < 1024n ? '' : size(bytes);
}
