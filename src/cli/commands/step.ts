import { Command } from 'commander';
import { seconds } from '../../kernel/numbers.ts';
import { Mistake } from '../../script/mistake.ts';
import { readTime } from '../../script/values.ts';
import { misuse, onSession, type SessionGiven, sessionOption } from '../on-session.ts';

/** `memcg step [TIME]` */
export function command(): Command {
  return new Command('step')
    .description('Lets some virtual time pass while the machine is paused, and prints what time it is then.')
    .argument('[time]', "such as 10ms; if left out, to the machine's next event")
    .addOption(sessionOption())
    .addHelpText('after', '\nExample\n  memcg step 10ms')
    .action(async (text: string | undefined, given: SessionGiven) => {
      const time = text === undefined ? null : timeIn(text);
      if (time instanceof Mistake) return misuse(`step: ${time.message}`);
      await onSession(given, { boot: 'if-needed' }, async (client) => {
        const { virtual_ns } = await client.request('step', { time });
        process.stdout.write(`${seconds(virtual_ns)}s\n`);
      });
    });
}

/** A TIME of the language. */
export function timeIn(text: string): ReturnType<typeof readTime> | Mistake {
  try {
    return readTime({ text, column: 0 });
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}
