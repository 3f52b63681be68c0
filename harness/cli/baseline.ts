import { catalogue } from '../../specs/requirements/index.ts';
import { type BaselineIds, readBaseline } from '../engine/configuration/baseline.ts';
import { loadDocument, operationsOf } from '../engine/configuration/operations.ts';
import { secretsOf } from '../engine/session/secrets.ts';
import type { Baseline, RunOptions, TargetConfiguration } from '../model/index.ts';
import { elsewhereOf } from '../report/elsewhere.ts';

/** The entries of the `--baseline` file, with keys removed. Throws ConfigurationError. */
export function baselineFor(
  file: string,
  { target, options }: { readonly target: TargetConfiguration; readonly options: RunOptions },
): Baseline {
  return withoutKeys(readBaseline(file, idsFor(options.openapi)), { target, options });
}

function idsFor(openapi: string | undefined): BaselineIds {
  const requirements = catalogue
    .flatMap((family) => family.requirements)
    .map(({ id, scenarios, observe }) => {
      const names = scenarios.map((scenario) => `${id}/${scenario.id}`);
      return [id, observe === undefined ? names : [...names, elsewhereOf(id)]] as const;
    });
  const operations = operationsOf(loadDocument(openapi));
  const elsewhere = [...new Set(operations.map(({ method }) => `${method} elsewhere`))];
  return {
    requirements: new Map(requirements),
    operations: [...operations.map(({ id }) => id), ...elsewhere],
  };
}

/** Removes a key that somebody pasted into a reason, so that the report does not contain it. */
function withoutKeys(
  { file, entries }: Baseline,
  run: { readonly target: TargetConfiguration; readonly options: RunOptions },
): Baseline {
  const redactor = secretsOf(run);
  return {
    file: redactor.redact(file),
    entries: entries.map((entry) => ({
      ...entry,
      reason: redactor.redact(entry.reason),
      owner: redactor.redact(entry.owner),
    })),
  };
}
