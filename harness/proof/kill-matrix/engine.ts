import { readConfiguration } from '../../engine/configuration/configuration.ts';
import { readOptions, writeOptions } from '../../engine/configuration/options.ts';
import { runAll, runHeaderOf, runPreflight } from '../../engine/run/index.ts';
import type { Depth, Family, Mode } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import { type ReferenceOptions, startReference } from '../../reference/start.ts';
import { buildReport } from '../../report/build.ts';

/** How to run the engine without a test runner. */
export interface EngineOptions {
  readonly catalogue: readonly Family[];
  readonly depth: Depth;
  /** Default: everything. */
  readonly mode?: Mode;
  readonly strict?: boolean;
  /** Scenarios that run in parallel; 1 is the default. */
  readonly atATime?: number;
  /** How long to wait for queued work in milliseconds; only one server of the proof needs it. */
  readonly pauseMs?: number | undefined;
  /** Sends only to these operations; after the preflight the others count as absent. */
  readonly operations?: readonly string[];
}

/** Runs the catalogue in this process against the target of an environment, as the specs do. */
export async function runEngine(
  environment: Readonly<Record<string, string>>,
  options: EngineOptions,
): Promise<Report> {
  const { catalogue, depth, mode = 'full', strict = false, operations, atATime = 1 } = options;
  const { pauseMs = 20 } = options;
  const target = readConfiguration(environment);
  const { baseUrl } = target;
  if (baseUrl === undefined) throw new Error('the environment names no target');
  const look = await runPreflight({
    target,
    baseUrl,
    options: readOptions(writeOptions({ depth, mode, strict }) as NodeJS.ProcessEnv),
    catalogue,
  });
  const state = {
    ...look.state,
    pauseMs,
    everyMember: true,
    operations: look.state.operations.map((entry) =>
      operations === undefined || operations.includes(entry.operation.id)
        ? entry
        : { ...entry, availability: 'absent' as const, unclaimed: undefined },
    ),
  };
  const results = await runAll(catalogue, state, undefined, atATime);
  await look.finish();
  const header = runHeaderOf(state, catalogue);
  return buildReport({ header, catalogue, results, finishedAt: Date.now(), suiteFaults: [] });
}

/** Starts a reference server, runs the catalogue against all its features, and stops it. */
export async function runReference(reference: ReferenceOptions, options: EngineOptions): Promise<Report> {
  const server = await startReference(reference);
  try {
    return await runEngine(server.environment, options);
  } finally {
    await server.close();
  }
}
