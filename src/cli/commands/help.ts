import { Command } from 'commander';
import { overview } from '../help/overview.ts';
import { schemaHelp } from '../help/schema-help.ts';
import { helpOn } from '../help/topic.ts';
import { lookOfOutput } from '../output/look.ts';
import { misuse } from '../output/say.ts';

interface Given {
  /** true: of the topic, or which there are. */
  readonly schema?: string | true;
  readonly color: boolean;
}

export const help = (): Command =>
  new Command('help')
    .description(
      'Explains a command, a behaviour of tasks or a control file; without one, lists all commands.',
    )
    .argument('[topic]', 'such as write, stream, memory.high or watermark; `files` lists the control files')
    .option(
      '--schema [name]',
      'the JSON schema of what a command prints with --json; without NAME, which have one',
    )
    .option('--no-color', 'print without colours')
    .addHelpText(
      'after',
      '\nExamples\n  memcg help memory.high\n  memcg help write\n  memcg help --schema stat',
    )
    .action((topic: string | undefined, { schema, color }: Given) => {
      const look = lookOfOutput(null, color);
      const help =
        schema !== undefined
          ? schemaHelp(schema === true ? (topic ?? null) : schema, look)
          : topic === undefined
            ? overview(look)
            : helpOn(topic, look);
      if (typeof help === 'string') process.stdout.write(help);
      else misuse(help.unknown);
    });
