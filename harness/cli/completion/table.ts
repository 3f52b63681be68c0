import type { Command, Option } from 'commander';
import { profiles } from '../../model/index.ts';

/** What a shell needs to complete an option. */
export interface CompletedOption {
  /** With dashes: `-g`, `--grep`. */
  readonly names: readonly string[];
  readonly description: string;
  /** The allowed values; an empty list means any value, and undefined means a switch. */
  readonly values?: readonly string[];
}

/** What a shell needs to complete a command. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** The allowed arguments; an empty list means files. */
  readonly words: readonly string[];
  /** True if its options also work without its name. */
  readonly isDefault: boolean;
}

/** Values that an option parses itself, so commander does not know them. */
const ownValues: Readonly<Record<string, readonly string[]>> = { '--profile': profiles };

/** Every command of a program; `scenarios`: the ids that `<scenario>` and `-g` accept. */
export function completionTable(program: Command, scenarios: readonly string[]): CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options
      .map((option) => completed(option, scenarios))
      .concat({ names: ['-h', '--help'], description: 'display help for command' }),
    words: wordsOf(command, scenarios),
    isDefault: command.name() === 'run',
  }));
}

function wordsOf({ registeredArguments: [first] }: Command, scenarios: readonly string[]): readonly string[] {
  return first?.name() === 'scenario' ? scenarios : (first?.argChoices ?? []);
}

function completed(option: Option, scenarios: readonly string[]): CompletedOption {
  const { short, long, description } = option;
  const names = [short, long].filter((name) => name !== undefined);
  const isSwitch = !option.required && !option.optional;
  if (isSwitch) return { names, description };
  const known = option.argChoices ?? names.flatMap((name) => ownValues[name] ?? []);
  return { names, description, values: names.includes('-g') ? scenarios : known };
}

/** The names of all options of a command. */
export function optionNames({ options }: CompletedCommand): string[] {
  return options.flatMap(({ names }) => names);
}
