import { Command, Option } from 'commander';
import { encodeText } from '../../kernel/text.ts';
import { ns } from '../../kernel/units.ts';
import { Mistake } from '../../script/mistake.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';
import { print } from '../output/print.ts';
import { timeIn } from './step.ts';

/** `memcg export` */
export function command(): Command {
  return new Command('export')
    .description('Prints the session as a script that `memcg replay` runs to the same state.')
    .addOption(new Option('--since <time>', 'only what came at this virtual time or later, such as 10s'))
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg export > session.memcg')
    .action(async (given: SessionGiven & { readonly since?: string }) => {
      const since = given.since === undefined ? ns(0) : timeIn(given.since);
      if (since instanceof Mistake) return misuse(`--since: ${since.message}`);
      await onSession(given, { boot: 'if-needed' }, async (client) => {
        for (let from: number | null = 0; from !== null; ) {
          const part: { text: string; next: number | null } = await client.request('export', { since, from });
          await print(encodeText(part.text));
          from = part.next;
        }
      });
    });
}
