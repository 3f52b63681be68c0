import type { CompletedCommand, CompletedOption } from './table.ts';

/** The script for fish: one line per word. */
export function fishScript(
  program: string,
  commands: readonly CompletedCommand[],
  scenarios: readonly string[],
): string {
  const words = (list: readonly string[]): string =>
    list === scenarios ? '$mufi_scenarios' : list.join(' ');
  const line = (when: string, ...rest: string[]): string =>
    `complete -c ${program} -n ${quoted(when)} ${rest.join(' ')}`;
  const option = (when: string, { names, description, values }: CompletedOption): string =>
    line(
      when,
      ...names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)),
      ...(values === undefined ? [] : values.length === 0 ? ['-r'] : [`-x -a "${words(values)}"`]),
      `-d ${quoted(description)}`,
    );
  return `${[
    `# ${program} completion for fish: ${program} completion fish | source`,
    `set -g mufi_scenarios ${scenarios.join(' ')}`,
    ...commands.map(({ name, description }) =>
      line('__fish_use_subcommand', `-f -a ${name}`, `-d ${quoted(description)}`),
    ),
    ...commands.flatMap((command) => {
      const others = commands.filter((other) => other !== command).map(({ name }) => name);
      // The default command also matches without its name.
      const when = command.isDefault
        ? `not __fish_seen_subcommand_from ${others.join(' ')}`
        : `__fish_seen_subcommand_from ${command.name}`;
      return [
        ...command.options.map((one) => option(when, one)),
        ...(command.words.length === 0 ? [] : [line(when, `-f -a "${words(command.words)}"`)]),
      ];
    }),
  ].join('\n')}\n`;
}

/** A text in single quotes for fish. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
