import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { encodeText } from '../../kernel/text.ts';
import { ns } from '../../kernel/units.ts';
import { Mistake } from '../../script/mistake.ts';
import { readTime } from '../../script/values.ts';
import { sessionNameMistake } from '../../session/folders.ts';
import { onSession, type SessionGiven, sessionCommand, sessionOption } from '../on-session.ts';
import { optional, orMistake } from '../options/values.ts';
import { print } from '../output/print.ts';
import { misuse } from '../output/say.ts';

/** A machine's past and present for elsewhere: `memcg export`, `save`, `load` and `fork`. */

export const exported = (): Command =>
  sessionCommand(
    'export',
    'Prints the session as a script that `memcg replay` runs to the same state.',
    'memcg export > session.memcg',
  )
    .addOption(new Option('--since <time>', 'only what came at this virtual time or later, such as 10s'))
    .addOption(sessionOption())
    .action(async (given: SessionGiven & { readonly since?: string }) => {
      const since = orMistake(() => optional('--since', given.since, readTime) ?? ns(0));
      if (since instanceof Mistake) return misuse(since.message);
      await onSession(given, async (client) => {
        for (let from: number | null = 0; from !== null; ) {
          const part: { text: string; next: number | null } = await client.request('export', { since, from });
          await print(encodeText(part.text));
          from = part.next;
        }
      });
    });

export const save = (): Command =>
  sessionCommand(
    'save',
    'Saves the state of the machine, all of it, to a file that `load` takes.',
    'memcg save before.state',
  )
    .argument('<file>', 'is written anew')
    .addOption(sessionOption())
    .action((file: string, given: SessionGiven) =>
      onSession(given, async (client) => {
        await client.request('save', { path: resolve(file) });
      }),
    );

export const load = (): Command =>
  sessionCommand(
    'load',
    'Goes on from a state that `save` wrote; what the machine was doing is forgotten.',
    'memcg load before.state',
  )
    .argument('<file>', 'what `save` wrote')
    .addOption(sessionOption())
    .action((file: string, given: SessionGiven) =>
      onSession(given, async (client) => {
        await client.request('load', { path: resolve(file) });
      }),
    );

export const fork = (): Command =>
  sessionCommand(
    'fork',
    "Makes a second session that goes on from this one's present: what if?",
    'memcg fork whatif\n  memcg --session whatif write high_wmark_in_bytes 56M',
  )
    .argument('<name>', 'of the new session')
    .addOption(sessionOption())
    .action(async (name: string, given: SessionGiven) => {
      const mistake = sessionNameMistake(name);
      if (mistake !== null) return misuse(mistake);
      await onSession(given, async (client) => {
        await client.request('fork', { name });
      });
    });
