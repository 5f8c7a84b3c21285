/**
 * Control files and names hold bytes. Inside they are strings: a byte that is
 * not valid UTF-8 stands as a lone surrogate U+DC80..U+DCFF (surrogate escape),
 * so that every byte sequence survives the way in and out.
 */

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

const isEscape = (unit: number): boolean => unit >= 0xdc80 && unit <= 0xdcff;

/** The string that stands for these bytes. */
export function decodeText(data: Uint8Array): string {
  try {
    return decoder.decode(data);
  } catch {
    return decodeByPiece(data);
  }
}

function decodeByPiece(data: Uint8Array): string {
  let text = '';
  let at = 0;
  while (at < data.length) {
    const length = sequenceLength(data, at);
    if (length === 0) {
      text += String.fromCharCode(0xdc00 + (data[at] ?? 0));
      at += 1;
    } else {
      text += decoder.decode(data.subarray(at, at + length));
      at += length;
    }
  }
  return text;
}

/** Bytes of the valid UTF-8 sequence that begins here, or 0. */
function sequenceLength(data: Uint8Array, at: number): number {
  const lead = data[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > data.length) return 0;
  try {
    decoder.decode(data.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

/** The bytes that this string stands for. */
export function encodeText(text: string): Uint8Array {
  return (text.length <= SHORT ? encodeAscii(text) : null) ?? encodeAny(text);
}

/** What is written to control files is short, and plain: quicker by hand than by an encoder. */
const SHORT = 64;

function encodeAscii(text: string): Uint8Array | null {
  const data = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) return null;
    data[at] = unit;
  }
  return data;
}

function encodeAny(text: string): Uint8Array {
  if (text.isWellFormed?.() ?? !/[\ud800-\udfff]/u.test(text)) return encoder.encode(text);
  const out: number[] = [];
  for (const character of text) {
    const unit = character.charCodeAt(0);
    if (character.length === 1 && isEscape(unit)) out.push(unit - 0xdc00);
    else out.push(...encoder.encode(character));
  }
  return Uint8Array.from(out);
}

/** Whether it has more bytes than that, as the kernel counts a name. */
export const isLongerThan = (text: string, bytes: number): boolean =>
  text.length > bytes || (3 * text.length > bytes && encodeText(text).length > bytes);
