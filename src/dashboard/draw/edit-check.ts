import { COUNTER, COUNTER_RULE } from '../../fs/counter-text.ts';
import { PAGE_COUNTER_BYTES, parsePageCounter, parseWrittenSize } from '../../kernel/memparse.ts';
import { markSize, size } from '../../kernel/numbers.ts';
import { encodeText } from '../../kernel/text.ts';
import { type Bytes, bytes } from '../../kernel/units.ts';
import {
  controlFileNamed,
  type Mark,
  newResCounter,
  type ResCounter,
  setMark,
} from '../../machine/kernels.ts';
import type { ControlFileText } from '../stage/stage.ts';

/** What the kernel would make of a text before it is written. */
export interface EditCheck {
  readonly ok: boolean;
  readonly says: string;
}

const MARK_FILES: Readonly<Record<string, Mark>> = {
  'memory.limit_in_bytes': 'limit',
  'memory.high_wmark_in_bytes': 'high',
  'memory.low_wmark_in_bytes': 'low',
};

export function checkEdit(file: string, text: string, files: readonly ControlFileText[]): EditCheck {
  const mark = Object.hasOwn(MARK_FILES, file) ? MARK_FILES[file] : undefined;
  const card = controlFileNamed(file);
  if (card?.writes === COUNTER) return checkCounter(text, card.about);
  if (mark === undefined) return { ok: true, says: card?.about ?? '' };
  if (text === '') return { ok: false, says: 'type a size: 56M, 1G, 58720256' };
  const value = parseWrittenSize(encodeText(text));
  if (value === null) {
    return { ok: false, says: 'no size: digits and one of k K m M g G at most, no sign, no blank before it' };
  }
  const counter = counterOf(files);
  const hasWmarks = files.some(({ name }) => name === 'memory.high_wmark_in_bytes');
  const refusal = setMark(counter, mark, value, hasWmarks);
  if (refusal !== null) return { ok: false, says: refusal.why };
  return { ok: true, says: `${stored(value, text)}   ${hasWmarks ? ordered(counter) : ''}`.trimEnd() };
}

/** A page counter of later kernels takes any size, in no order. */
function checkCounter(text: string, about: string): EditCheck {
  const value = parsePageCounter(encodeText(text), 'max');
  if (value === null) return { ok: false, says: `no size: ${COUNTER_RULE}` };
  if (text === '') return { ok: true, says: about };
  return {
    ok: true,
    says: value >= PAGE_COUNTER_BYTES ? `stores max   ${about}` : `stores ${value} (${size(value)})`,
  };
}

/** The marks as the files show them. */
function counterOf(files: readonly ControlFileText[]): ResCounter {
  const counter = newResCounter();
  for (const { name, text } of files) {
    const mark = Object.hasOwn(MARK_FILES, name) ? MARK_FILES[name] : undefined;
    if (mark !== undefined && /^\d+\n?$/.test(text ?? '')) counter[mark] = bytes(BigInt((text ?? '').trim()));
  }
  return counter;
}

/** What the file would hold. */
function stored(value: Bytes, text: string): string {
  const human = size(value);
  const isRounded = /^[1-9]\d*$/.test(text) && BigInt(text) !== value;
  const how = isRounded ? ', rounded up to whole pages' : '';
  return `stores ${value}${human === `${value}` ? '' : ` (${human})`}${how}`;
}

const ordered = ({ low, high, limit }: ResCounter): string =>
  `stop ${markSize(low)} <= start ${markSize(high)} <= limit ${markSize(limit)}`;
