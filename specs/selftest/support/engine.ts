import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { bundledDocument } from '../../../harness/engine/configuration/operations.ts';
import { readOptions } from '../../../harness/engine/configuration/options.ts';
import { runPreflight } from '../../../harness/engine/run/index.ts';
import type { Family } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import {
  type EngineOptions as Options,
  runEngine as run,
  runReference as runFaulty,
} from '../../../harness/proof/kill-matrix/engine.ts';
import type { ReferenceOptions } from '../../../harness/reference/start.ts';
import { catalogue } from '../../requirements/index.ts';

/** How many operations the bundled document has. */
export const operationCount = bundledDocument.operations.length;

/** How to run the engine in this process. */
export type EngineOptions = Omit<Options, 'catalogue'> & {
  /** Ids of the families to run; by default all. */
  readonly families?: readonly string[];
  /** Runs only their scenarios with a matching id; by default all. */
  readonly scenarios?: RegExp;
};

function chosen({ families, scenarios, ...rest }: EngineOptions): Options {
  const some = catalogue.filter(({ id }) => families?.includes(id) ?? true);
  return {
    ...rest,
    catalogue: scenarios === undefined ? some : some.map((family) => only(family, scenarios)),
  };
}

/** A family with its remaining requirements. */
function only(family: Family, pattern: RegExp): Family {
  const requirements = family.requirements
    .map((requirement) => ({
      ...requirement,
      scenarios: requirement.scenarios.filter(({ id }) => pattern.test(`${requirement.id}/${id}`)),
    }))
    .filter(({ scenarios }) => scenarios.length > 0);
  return { ...family, requirements };
}

/** Runs the catalogue in this process against the target of an environment, as the specs do. */
export function runEngine(
  environment: Readonly<Record<string, string>>,
  options: EngineOptions,
): Promise<Report> {
  return run(environment, chosen(options));
}

/** Starts a reference server, runs the catalogue against all its features, and stops it. */
export function runReference(reference: ReferenceOptions, options: EngineOptions): Promise<Report> {
  return runFaulty(reference, chosen(options));
}

/** Lets an earlier run leave its fixture in a target, for a run that may not write and needs it. */
export async function leaveFixture(environment: Readonly<Record<string, string>>): Promise<void> {
  const target = readConfiguration(environment);
  const { baseUrl = '' } = target;
  const look = await runPreflight({ target, baseUrl, options: readOptions({}), catalogue });
  await look.finish();
}

/** Ids of the requirements with one of these verdicts, in the order of the catalogue. */
export function requirementsThat(report: Report, ...verdicts: Report['requirements'][number]['verdict'][]) {
  return report.requirements.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}

/** The requirements with findings of each kind, in the order of the catalogue. */
export function findingsOf(report: Report): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { id, scenarios } of report.requirements) {
    const findings = scenarios.flatMap(({ cells }) => cells.flatMap((cell) => cell.findings));
    for (const kind of new Set(findings.map((finding) => finding.kind))) {
      found[kind] = [...(found[kind] ?? []), id];
    }
  }
  return found;
}
