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

/** The file through which the processes of this run tell each other their secrets; it ends with this process. */
export function shareSecrets(): SecretsFile {
  const given = process.env[variable];
  const file =
    given === undefined
      ? createSecretsFile(
          join(tmpdir(), `mufi-conformance-${randomUUID()}-secrets`),
          configuredSecrets(process.env, '.env'),
        )
      : (JSON.parse(given) as SecretsFile);
  process.once('exit', () => rmSync(file.path, { force: true }));
  return file;
}

/** Redaction in the process that writes: with what every process of the run has heard of by now. */
export interface LateRedaction {
  /** Every text of what was redacted by what was known then; what needs no change is not copied. */
  all<Value>(value: Value): Value;
  /** A text that nobody has redacted. */
  raw(text: string): string;
}

/**
 * A target may repeat a key before the suite knows of it. Supplied keys are gone by then: what looks like a part of
 * them is the suite's own. Without a state the run has not begun.
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

/** An error in what was configured is all that there may be to say. */
function beforeTheRun(): LateRedaction {
  const redactor = createRedactor();
  try {
    for (const secret of configuredSecrets(process.env, '.env')) redactor.add(secret);
  } catch {
    // The error itself is about the file that cannot be read.
  }
  return { all: (value) => value, raw: redactor.redact };
}
