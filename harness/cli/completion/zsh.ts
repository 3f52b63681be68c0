import { patternOf, valueCases } from './bash.ts';
import type { CompletedCommand } from './table.ts';

/** The script for zsh: like that for bash, with descriptions. */
export function zshScript(
  program: string,
  commands: readonly CompletedCommand[],
  scenarios: readonly string[],
): string {
  const name = `_${program.replaceAll('-', '_')}`;
  const add = (list: readonly string[]): string =>
    list === scenarios
      ? 'compadd -a scenarios'
      : list.length === 0
        ? '_files'
        : `compadd -- ${list.join(' ')}`;
  const described = (names: readonly string[], text: string): string =>
    names.map((one) => quoted(`${one.replaceAll(':', '\\:')}:${text}`)).join(' ');
  return `#compdef ${program}
# ${program} completion for zsh: source <(${program} completion zsh)
${name}() {
  local command= word
  local -a known scenarios
  scenarios=(${scenarios.join(' ')})
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$word" in (${commands.map((command) => command.name).join('|')}) command=$word; break ;; esac
  done
  case "$command \${words[CURRENT-1]}" in
${valueCases(commands, (list) => `${add(list)}; return`)}  esac
  case "$command/\${words[CURRENT]}" in
${commands
  .map(
    (command) =>
      `    ${patternOf(command, '/-*')}) known=(${command.options.map(({ names, description }) => described(names, description)).join(' ')}); _describe -o option known ;;\n`,
  )
  .join(
    '',
  )}    /*) known=(${commands.map((command) => described([command.name], command.description)).join(' ')}); _describe command known ;;
${commands
  .filter((command) => command.words.length > 0)
  .map((command) => `    ${command.name}/*) ${add(command.words)} ;;\n`)
  .join('')}    *) _files ;;
  esac
}
if [ "$funcstack[1]" = ${name} ]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

/** A text in single quotes, for all shells here. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
