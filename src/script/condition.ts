import { Mistake } from './mistake.ts';
import { type FileName, readFileName } from './paths.ts';
import { bytesIn, sizeMeant } from './values.ts';
import type { Word } from './words.ts';

/** `FILE OP VALUE`: what `expect`, `wait` and `watch` ask. */

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Condition {
  readonly file: FileName;
  readonly operator: Operator;
  readonly value:
    | { readonly kind: 'number'; readonly number: bigint }
    | { readonly kind: 'text'; readonly text: string };
  /** As it was written. */
  readonly text: string;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['==', '=='],
  ['!=', '!='],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
  ['-eq', '=='],
  ['-ne', '!='],
  ['-le', '<='],
  ['-ge', '>='],
  ['-lt', '<'],
  ['-gt', '>'],
]);

export const OPERATOR_WORDS: readonly string[] = [...OPERATORS.keys()];

/** The three words of a condition, from one that holds them all. */
export function splitCondition(word: Word): [Word, Word, Word] {
  const match = /^\s*(\S+?)\s*(==|!=|<=|>=|<|>|\s-(?:eq|ne|le|ge|lt|gt)\s)\s*(.*)$/s.exec(word.text);
  if (match === null) {
    throw new Mistake(`'${word.text}' is not FILE OP VALUE, as in 'web/failcnt == 0'`, word.column);
  }
  return [match[1], match[2].trim(), match[3].trim()].map((text) => ({ text, column: word.column })) as [
    Word,
    Word,
    Word,
  ];
}

export function readCondition(file: Word, operator: Word, value: Word): Condition {
  const op = OPERATORS.get(operator.text);
  if (op === undefined) {
    throw new Mistake(
      `'${operator.text}' does not compare: use one of ${OPERATOR_WORDS.join(' ')}`,
      operator.column,
    );
  }
  const condition = {
    file: readFileName(file, true),
    operator: op,
    value: readValue(value.text),
    text: `${file.text} ${operator.text} ${value.text}`,
  };
  if (condition.value.kind === 'text' && op !== '==' && op !== '!=') {
    const how = sizeMeant(value.text) || ': text is compared with == and != only';
    throw new Mistake(`'${value.text}' is not a number${how}`, value.column);
  }
  return condition;
}

function readValue(text: string): Condition['value'] {
  if (/^-\d+$/.test(text)) return { kind: 'number', number: BigInt(text) };
  const size = bytesIn(text);
  return size === null ? { kind: 'text', text } : { kind: 'number', number: size };
}

/** Whether what a file holds (without its last newline) meets the condition. */
export function meets(condition: Condition, found: string): boolean {
  const { operator, value } = condition;
  if (value.kind === 'text') return (found === value.text) === (operator === '==');
  if (!/^-?\d+$/.test(found)) return operator === '!=';
  const number = BigInt(found);
  switch (operator) {
    case '==':
      return number === value.number;
    case '!=':
      return number !== value.number;
    case '<':
      return number < value.number;
    case '<=':
      return number <= value.number;
    case '>':
      return number > value.number;
    case '>=':
      return number >= value.number;
  }
}
