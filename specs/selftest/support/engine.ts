import { allScenarios, firstLook, headerOf, openRunner } from '../../../harness/pipeline.ts';
import { type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { buildReport } from '../../../harness/report/build.ts';
import type { Report } from '../../../harness/report/schema.ts';
import { readConfiguration } from '../../../harness/target/configuration.ts';
import { readOptions, writeOptions } from '../../../harness/target/options.ts';
import { catalogue } from '../../requirements/index.ts';

/** How the engine is driven in this process. */
export interface EngineOptions {
  readonly depth: 'quick' | 'full';
  readonly strict?: boolean;
  /** Sends to these operations only; the others count as absent once the first look is over. */
  readonly operations?: readonly string[];
}

/** Runs the whole catalogue against a reference server in this process, as the specs do, and builds the report. */
export async function runEngine(reference: ReferenceOptions, options: EngineOptions): Promise<Report> {
  const { depth, strict = false, operations } = options;
  const server = await startReference(reference);
  try {
    const target = readConfiguration(server.environment);
    const look = await firstLook({
      target,
      baseUrl: server.url,
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
    const runner = await openRunner(catalogue, state);
    const results = [];
    try {
      for (const planned of runner.planned) results.push(await runner.run(planned));
    } finally {
      await runner.close();
      await look.finish();
    }
    return buildReport({
      header: headerOf(state, catalogue),
      catalogue,
      results,
      finishedAt: Date.now(),
      suiteFaults: [],
    });
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
