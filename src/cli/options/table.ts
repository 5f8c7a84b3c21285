import { type Command, Option } from 'commander';
import type { OptionTable } from '../../script/option-table.ts';

/** Adds the options of a table to a command. */
export function withOptions(command: Command, table: OptionTable): Command {
  for (const { flags, about, usual, env } of Object.values(table)) {
    const option = new Option(flags, about);
    if (usual !== undefined) option.default(usual);
    if (env !== undefined) option.env(env);
    command.addOption(option);
  }
  return command;
}
