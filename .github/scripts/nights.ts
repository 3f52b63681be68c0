/** The result of a night. */
export type Night = 'healthy' | BadNight;
/** A night that somebody has to look at. */
export type BadNight = 'red' | 'undecided' | 'reduced' | 'broken';

/** The titles of the issue. */
export const titles: Readonly<Record<BadNight, string>> = {
  red: 'Nightly conformance: the target breaks the contract',
  undecided: 'Nightly conformance: the night could not decide',
  reduced: 'Nightly conformance: the night covered less than the previous run',
  broken: 'Nightly conformance: the run itself is broken',
};

/** What is said about a night. */
export const sentences: Readonly<Record<Night, string>> = {
  healthy: 'The target keeps the contract again.',
  red: 'The target breaks the auth contract.',
  undecided:
    'The night could not decide whether the target keeps the contract: it found no failure, but it could not decide everything.',
  reduced:
    'The target keeps the contract in what was tested, but this night covered less than the previous run: an operation, a key or a capability is missing. Add it again, or accept it and close this issue by hand: no later night closes it.',
  broken: 'The run is broken because of its configuration or the suite. It says nothing about the target.',
};

/**
 * The result of a night, by its exit code and that of its comparison with the night before. Without an exit code the
 * run ended before it could say anything. A conformant night that tested less than the night before is not an
 * all-clear.
 */
export function nightOf(exitCode: string | undefined, comparisonCode: string | undefined): Night {
  if (exitCode === '1' || (exitCode === '0' && comparisonCode === '1')) return 'red';
  if (exitCode === '0' && comparisonCode !== '2') return 'healthy';
  if (exitCode === '0') return 'reduced';
  return exitCode === '2' ? 'undecided' : 'broken';
}
