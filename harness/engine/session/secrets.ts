import { createRedactor, type Redactor } from '../evidence/redaction.ts';
import { openSecretsFile } from '../evidence/shared-secrets.ts';
import { ownTexts } from '../matrix/fixture-sets.ts';
import type { SessionState } from './session-state.ts';
import { suiteName } from './suite.ts';

/** Every secret of a run, whichever of its processes learned it. */
export interface RunSecrets extends Redactor {
  /** Keys that this process received and that nobody supplied. */
  readonly made: readonly string[];
}

/** Texts that are public in a run, even if a secret contains a part of them. */
export function publicTextsOf({ publicTexts = [] }: SessionState['options']): readonly string[] {
  return [...ownTexts, suiteName, ...publicTexts];
}

/**
 * Decides what is secret in a run, for every process and every output: the supplied keys, the token of key control,
 * each key that key control created, and other secrets of the user, such as the key that signs certificates. `add`
 * sends a secret to the other processes at once.
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
