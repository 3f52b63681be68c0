import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configuredSecrets } from '../../harness/engine/configuration/configuration.ts';
import { eachText } from '../../harness/engine/evidence/each-text.ts';
import { createRedactor } from '../../harness/engine/evidence/redaction.ts';
import { createSecretsFile, type SecretsFile } from '../../harness/engine/evidence/shared-secrets.ts';
import { publicTextsOf, type SessionState, secretsOf } from '../../harness/engine/run/index.ts';

const variable = 'CONFORMANCE_SECRETS';

/** The file that the command line made for the secrets of this run; undefined if somebody else started it. */
export function givenSecrets(): SecretsFile | undefined {
  const given = process.env[variable];
  return given === undefined ? undefined : (JSON.parse(given) as SecretsFile);
}

/** The file with which the processes of this run share their secrets; it is removed when this process ends. */
export function shareSecrets(): SecretsFile {
  const file =
    givenSecrets() ??
    createSecretsFile(
      join(tmpdir(), `mufi-conformance-${randomUUID()}-secrets`),
      configuredSecrets(process.env, '.env'),
    );
  process.once('exit', () => rmSync(file.path, { force: true }));
  return file;
}

/** Redaction in the process that writes, with all secrets that any process of the run knows by now. */
export interface LateRedaction {
  /**
   * Redacts every text in a value that was already redacted with the secrets known at the time. Parts that need no
   * change are not copied.
   */
  all<Value>(value: Value): Value;
  /** Redacts a text that was not redacted before. */
  raw(text: string): string;
}

/**
 * A target may repeat a key before the suite knows it. Supplied keys are already gone then: what looks like a part of
 * them is the suite's own text. Without a state the run has not begun.
 */
export function createLateRedaction(state: SessionState | undefined): LateRedaction {
  if (state === undefined) return beforeTheRun();
  const secrets = secretsOf(state);
  const late = createRedactor(publicTextsOf(state.options));
  const done = new Map<string, string>();
  let known = 0;
  const redact = (text: string): string => {
    const result = done.get(text) ?? late.redact(text);
    done.set(text, result);
    return result;
  };
  return {
    all(value) {
      secrets.refresh();
      const { made } = secrets;
      if (made.length > known) done.clear();
      for (const secret of made.slice(known)) late.add(secret);
      known = made.length;
      return known === 0 ? value : eachText(value, redact);
    },
    raw(text) {
      secrets.refresh();
      return secrets.redact(text);
    },
  };
}

/** An error in the configuration may be all that there is to say. */
function beforeTheRun(): LateRedaction {
  const redactor = createRedactor();
  try {
    for (const secret of configuredSecrets(process.env, '.env')) redactor.add(secret);
  } catch {
    // The reported error is already about the file that cannot be read.
  }
  return { all: (value) => value, raw: redactor.redact };
}
