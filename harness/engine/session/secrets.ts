import { createRedactor, type Redactor } from '../evidence/redaction.ts';
import { openSecretsFile } from '../evidence/shared-secrets.ts';
import { ownTexts } from '../matrix/fixture-sets.ts';
import type { SessionState } from './session-state.ts';
import { suiteName } from './suite.ts';

/** Everything that is secret in a run, whichever of its processes learnt it. */
export interface RunSecrets extends Redactor {
  /** Keys that this process heard of and that nobody supplied. */
  readonly made: readonly string[];
}

/** Texts that are public in a run, even if a secret looks like a part of them. */
export function publicTextsOf({ publicTexts = [] }: SessionState['options']): readonly string[] {
  return [...ownTexts, suiteName, ...publicTexts];
}

/**
 * Decides what is a secret of a run, for every process and every output: the supplied keys, the token of key control,
 * each key that key control made, and what whoever started the run tells beside them, such as the key that signs
 * certificates. What `add` takes is told to the other processes at once.
 */
export function secretsOf({
  target,
  options,
  made: before = [],
  secretsFile,
}: Pick<SessionState, 'target' | 'options' | 'made' | 'secretsFile'>): RunSecrets {
  const redactor = createRedactor(publicTextsOf(options));
  const supplied = Object.values(target.keys).map(({ value }) => value);
  const told = new Set([...supplied, ...(target.control?.kind === 'url' ? [target.control.token] : [])]);
  for (const secret of told) redactor.add(secret);
  const made = new Set<string>();
  const shared = secretsFile === undefined ? undefined : openSecretsFile(secretsFile);
  const learn = (secret: string): boolean => {
    if (told.has(secret) || made.has(secret)) return false;
    made.add(secret);
    redactor.add(secret);
    return true;
  };
  const refresh = (): void => {
    for (const secret of shared?.news() ?? []) learn(secret);
  };
  for (const secret of before) learn(secret);
  refresh();
  return {
    ...redactor,
    add(secret) {
      if (learn(secret)) shared?.tell(secret);
    },
    refresh,
    get made() {
      return [...made];
    },
  };
}
