import { type CompletedCommand, optionNames } from './table.ts';

/** The script for bash: completes the words of the command line, and file names everywhere else. */
export function bashScript(
  program: string,
  commands: readonly CompletedCommand[],
  scenarios: readonly string[],
): string {
  const name = `_${program.replaceAll('-', '_')}`;
  const words = (list: readonly string[]): string => (list === scenarios ? '$scenarios' : list.join(' '));
  const names = commands.map((command) => command.name);
  return `# ${program} completion for bash: source <(${program} completion bash)
${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command= words= word
  local scenarios='${scenarios.join(' ')}'
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${names.join('|')}) command=$word; break ;; esac
  done
  case "$command $previous" in
${valueCases(commands, (list) => `words="${words(list)}"`)}    *)
      case "$command/$current" in
${commands.map((command) => `        ${patternOf(command, '/-*')}) words="${optionNames(command).join(' ')}" ;;\n`).join('')}        /*) words="${[...names, 'help'].join(' ')}" ;;
${commands
  .filter((command) => command.words.length > 0)
  .map((command) => `        ${command.name}/*) words="${words(command.words)}" ;;\n`)
  .join('')}      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F ${name} ${program}
`;
}

/** One case for each option with a value; if any value is allowed, the list of words stays empty. */
export function valueCases(
  commands: readonly CompletedCommand[],
  say: (values: readonly string[]) => string,
): string {
  return commands
    .flatMap((command) =>
      command.options.flatMap(({ names, values }) => {
        if (values === undefined) return [];
        const owners = command.isDefault ? [command.name, ''] : [command.name];
        const pattern = owners.flatMap((owner) => names.map((option) => `"${owner} ${option}"`)).join('|');
        return [`    ${pattern}) ${say(values)} ;;\n`];
      }),
    )
    .join('');
}

/** The pattern of a command; the default command also matches without its name. */
export function patternOf({ name, isDefault }: CompletedCommand, rest: string): string {
  return isDefault ? `${name}${rest}|${rest}` : `${name}${rest}`;
}
