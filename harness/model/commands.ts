declare const COMPILED_TO: string | undefined;

/** The folder of the compiled suite, relative to the package; undefined if the suite runs from its sources. */
export const compiledTo = typeof COMPILED_TO === 'undefined' ? undefined : COMPILED_TO;

/** How a person calls one of our commands, "list" or "forge ID": with npm run in the repository, else by its name. */
export function spokenCommand(name: string, rest?: string): string {
  if (compiledTo === 'dist')
    return ['npx mufi-conformance', name, ...(rest === undefined ? [] : [rest])].join(' ');
  return ['npm run -s', name, ...(rest === undefined ? [] : ['--', rest])].join(' ');
}
