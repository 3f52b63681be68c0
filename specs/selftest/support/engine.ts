import { allScenarios, firstLook, headerOf, runAll } from '../../../harness/pipeline.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { buildReport } from '../../../harness/report/build.ts';
import type { Report } from '../../../harness/report/schema.ts';
import { readConfiguration } from '../../../harness/target/configuration.ts';
import { readOptions, writeOptions } from '../../../harness/target/options.ts';
import { catalogue } from '../../requirements/index.ts';

type Environment = Readonly<Record<string, string>>;

/** How the engine is driven in this process. */
export interface EngineOptions {
  readonly depth: 'quick' | 'full';
  readonly strict?: boolean;
  /** Sends to these operations only; the others count as absent once the first look is over. */
  readonly operations?: readonly string[];
}

/** Runs the catalogue in this process against the target of an environment, as the specs do. */
export async function runEngine(environment: Environment, options: EngineOptions): Promise<Report> {
  const { depth, strict = false, operations } = options;
  const target = readConfiguration(environment);
  const { baseUrl } = target;
  if (baseUrl === undefined) throw new Error('the environment names no target');
  const look = await firstLook({
    target,
    baseUrl,
    options: readOptions(writeOptions({ depth, strict }) as NodeJS.ProcessEnv),
    catalogue,
    workers: 1,
  });
  const state = {
    ...look.state,
    operations: look.state.operations.map((entry) =>
      operations === undefined || operations.includes(entry.operation.id)
        ? entry
        : { ...entry, availability: 'absent' as const },
    ),
  };
  const results = await runAll(catalogue, state);
  await look.finish();
  const header = headerOf(state, catalogue);
  return buildReport({ header, catalogue, results, finishedAt: Date.now(), suiteFaults: [] });
}

/** Starts a reference server, runs the catalogue against everything it offers, and stops it. */
export async function runReference(reference: ReferenceOptions, options: EngineOptions): Promise<Report> {
  const server = await startReference(reference);
  try {
    return await runEngine(server.environment, options);
  } finally {
    await server.close();
  }
}

/** Ids of the requirements that came to one of these verdicts, in the order of the catalogue. */
export function requirementsThat(report: Report, ...verdicts: Report['requirements'][number]['verdict'][]) {
  return report.requirements.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}

/** Ids of the requirements that have a scenario which lists the fault, in the order of the catalogue. */
export function requirementsThatCatch(fault: string): string[] {
  const scenarios = allScenarios(catalogue).filter(({ scenario }) => scenario.catches.includes(fault));
  return [...new Set(scenarios.map(({ requirement }) => requirement.id))];
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
