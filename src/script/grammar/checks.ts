import type { Command, CommandName } from '../command.ts';
import { type Entry, entry } from '../entry.ts';
import { CONDITION, ERRNO } from '../kinds.ts';
import { Mistake } from '../mistake.ts';
import { type Kind, one, Words } from '../signature.ts';
import { quote } from '../words.ts';

/** What a script expects. */

const UNREFUSABLE: ReadonlySet<CommandName> = new Set(['expect', 'fails', 'print', 'include', 'machine']);

/** `parse` reads a whole command; it is handed in because these commands hold others. */
export function checks(parse: (words: Words) => Command): readonly Entry[] {
  const COMMAND: Kind<{ command: Command; text: string }> = {
    kind: 'command',
    read: (words) => {
      const rest = words.rest();
      const command = parse(new Words(rest));
      if (UNREFUSABLE.has(command.name)) {
        throw new Mistake(`'${command.name}' is nothing that the kernel can refuse`, rest[0].column);
      }
      return { command, text: quote(rest.map((each) => each.text)) };
    },
  };
  return [
    entry({
      word: 'expect',
      family: 'checks',
      summary: 'check what a file holds; sizes compare as bytes, and the script goes on',
      example: "expect 'usage_in_bytes <= 128M'",
      parts: { condition: one(CONDITION, 'FILE OP VALUE', true) },
      build: (values) => ({ name: 'expect', ...values }),
    }),
    entry({
      word: 'fails',
      family: 'checks',
      summary: 'check that the kernel refuses a command with this errno',
      example: 'fails EINVAL write high_wmark_in_bytes 1T',
      parts: { errno: one(ERRNO, 'ERRNO', true), held: one(COMMAND, 'COMMAND...') },
      build: ({ errno, held }) => ({ name: 'fails', errno, ...held }),
    }),
  ];
}
