/** True where the suite runs as the compiled package and not from its sources. */
export const isCompiled = import.meta.url.endsWith('.js');

/** How people call one of our commands, "list" or "forge ID": by npm script beside the sources, else by its name. */
export function spokenCommand(name: string, rest?: string): string {
  if (isCompiled) return ['npx mufi-conformance', name, ...(rest === undefined ? [] : [rest])].join(' ');
  return ['npm run -s', name, ...(rest === undefined ? [] : ['--', rest])].join(' ');
}
