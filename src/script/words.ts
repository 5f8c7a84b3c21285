import { decodeText, encodeText } from '../kernel/text.ts';
import { isPrintable } from '../kernel/visible.ts';
import { Mistake } from './mistake.ts';

/**
 * A line of the language is words split at blanks. `'...'` is literal; `"..."`
 * knows \\ \" \n \t \0 and \xHH, which stand for bytes; quotes may begin inside a
 * word; `#` begins a comment only at the start of a word.
 */

export interface Word {
  readonly text: string;
  /** Where it begins in its line, from 1, in UTF-16 units. */
  readonly column: number;
}

const TAB = 9;
const SPACE = 32;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;

/** The words of a line. Throws a Mistake. */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isBlank(line.charCodeAt(at))) at += 1;
    if (at >= line.length || line.charCodeAt(at) === HASH) return words;
    const start = at;
    let plain = true;
    for (; at < line.length; at++) {
      const unit = line.charCodeAt(at);
      if (isBlank(unit)) break;
      if (unit === SINGLE || unit === DOUBLE) {
        plain = false;
        break;
      }
    }
    if (plain) {
      words.push({ text: line.slice(start, at), column: start + 1 });
    } else {
      const { text, end } = quotedWord(line, start);
      words.push({ text, column: start + 1 });
      at = end;
    }
  }
}

const isBlank = (unit: number): boolean => unit === SPACE || unit === TAB;

function quotedWord(line: string, start: number): { text: string; end: number } {
  let text = '';
  let bytes = false;
  let at = start;
  while (at < line.length && !isBlank(line.charCodeAt(at))) {
    const unit = line.charCodeAt(at);
    if (unit === SINGLE) {
      const close = line.indexOf("'", at + 1);
      if (close < 0) throw new Mistake("this ' is never closed", at + 1);
      text += line.slice(at + 1, close);
      at = close + 1;
    } else if (unit === DOUBLE) {
      const string = doubleQuoted(line, at);
      text += string.text;
      bytes ||= string.bytes;
      at = string.end;
    } else {
      text += line[at];
      at += 1;
    }
  }
  // Bytes that were written one by one may make up a character.
  return { text: bytes ? decodeText(encodeText(text)) : text, end: at };
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\', '"': '"', n: '\n', t: '\t', '0': '\0' };

function doubleQuoted(line: string, open: number): { text: string; bytes: boolean; end: number } {
  let text = '';
  let bytes = false;
  let at = open + 1;
  for (;;) {
    if (at >= line.length) throw new Mistake('this " is never closed', open + 1);
    const next = line[at];
    if (next === '"') return { text, bytes, end: at + 1 };
    if (next !== '\\') {
      text += next;
      at += 1;
      continue;
    }
    const letter = line[at + 1] ?? '';
    const character = ESCAPES[letter];
    if (character !== undefined) {
      text += character;
      at += 2;
    } else if (letter === 'x') {
      const digits = line.slice(at + 2, at + 4);
      if (!/^[0-9a-fA-F]{2}$/.test(digits))
        throw new Mistake('\\x takes two hexadecimal digits, as in \\x0a', at + 1);
      const byte = Number.parseInt(digits, 16);
      text += String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
      bytes ||= byte >= 0x80;
      at += 4;
    } else {
      throw new Mistake(`unknown escape \\${letter}: there are \\\\ \\" \\n \\t \\0 and \\xHH`, at + 1);
    }
  }
}

/** A line that `splitWords` takes apart into exactly these words: how a shell's argv is written down. */
export function quote(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** What needs no quotes at all, kept small so that a line pasted into a shell is rarely a surprise. */
const isBare = (word: string): boolean =>
  // The second asks for tables of Unicode, which take longer than a line.
  /^[ -~]*$/.test(word) ? /^[\w@%+=:,./<>!-]+$/.test(word) : /^[\p{L}\p{N}_@%+=:,./<>!-]+$/u.test(word);

function quoteWord(word: string): string {
  if (isBare(word)) return word;
  // What a line cannot hold as it stands, or a terminal should not: controls, and bytes that are no character.
  if (isPrintable(word) && !word.includes("'")) return `'${word}'`;
  return `"${Array.from(word, escaped).join('')}"`;
}

function escaped(character: string): string {
  const unit = character.charCodeAt(0);
  if (character === '\\' || character === '"') return `\\${character}`;
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\0') return '\\0';
  if (character.length > 1 || unit < 0xd800 || unit > 0xdfff) {
    if (isPrintable(character)) return character;
    return Array.from(encodeText(character), (byte) => `\\x${hex(byte)}`).join('');
  }
  // A lone surrogate is a byte (kernel/text.ts); any other than these cannot be written and is U+FFFD.
  return unit >= 0xdc80 && unit <= 0xdcff ? `\\x${hex(unit - 0xdc00)}` : '\ufffd';
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
