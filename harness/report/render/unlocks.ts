import type { Report } from '../../model/report.ts';

/** What unlocks a capability: the sentence of a report, and its variables. */
type Unlock = Pick<Report['notTested'][number], 'unlock' | 'variables'>;

/** Variables that are useful only together. */
const together: Readonly<Record<string, string>> = {
  MUFI_CONTROL_URL: 'MUFI_CONTROL_TOKEN',
  MUFI_OTHER_PROJECT_WRITE_KEY: 'MUFI_OTHER_PROJECT_READ_KEY',
};

/** "MUFI_REVOKED_KEY, or MUFI_CONTROL_URL with MUFI_CONTROL_TOKEN": any one of these is enough. */
export function waysOf(variables: readonly string[], show = (name: string): string => name): string {
  const second = new Set(variables.map((name) => together[name]));
  return variables
    .filter((name) => !second.has(name))
    .map((name) => {
      const other = together[name];
      return other !== undefined && variables.includes(other)
        ? `${show(name)} with ${show(other)}`
        : show(name);
    })
    .join(', or ');
}

/** The ways that the sentence does not name; empty if it names every variable. */
export function waysBeside({ unlock, variables }: Unlock, show?: (name: string) => string): string {
  return variables.every((name) => unlock.includes(name)) ? '' : waysOf(variables, show);
}

/** "Set the write key of a project (MUFI_WRITE_KEY)." */
export function unlockInWords(entry: Unlock): string {
  const ways = waysBeside(entry);
  return ways === '' ? entry.unlock : `${entry.unlock.replace(/\.$/, '')} (${ways}).`;
}
