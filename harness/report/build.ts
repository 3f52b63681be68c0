import { defined } from '../model/defined.ts';
import { type Family, requirementVerdicts, type ScenarioResult, type Why } from '../model/index.ts';
import type { Report } from '../model/report.ts';
import type { RunHeader } from '../model/run-header.ts';
import { entriesInForce } from './baseline.ts';
import { judgeBaseline } from './baseline-entries.ts';
import { triedOf } from './coverage.ts';
import { fixesOf } from './findings/ranking.ts';
import { withAnswerers } from './fronts/answerers.ts';
import { withoutNoise } from './noise.ts';
import { isStoppedEarly } from './older-reports.ts';
import { judgeProfiles } from './profiles.ts';
import { sentenceOf } from './render/reasons/index.ts';
import { reportRequirement } from './requirement.ts';
import { judgeRun } from './run-verdict.ts';
import { scenarioIds } from './scenario-ids.ts';
import { worded, wordedHeader } from './worded.ts';

/** Everything that a report is built from. */
export interface ReportInputs {
  readonly header: RunHeader;
  readonly catalogue: readonly Family[];
  readonly results: readonly ScenarioResult[];
  /** Milliseconds since 1970. */
  readonly finishedAt: number;
  /** Why scenarios have no result, for example "not selected by -g token/"; undefined if all have one. */
  readonly leftOut?: string;
  /** Somebody ended the run before its end. */
  readonly interrupted?: boolean;
  readonly suiteFaults: readonly string[];
}

/** Builds the report; every rendering depends on this value alone. */
export function buildReport(inputs: ReportInputs): Report {
  const { catalogue } = inputs;
  const header = wordedHeader(inputs.header);
  const { results: judged, because: noise } = withoutNoise(inCatalogueOrder(inputs.results, catalogue));
  const results = judged.map(worded);
  const accepted = entriesInForce(header);
  const byScenario = new Map(results.map((result) => [result.scenario, result]));
  const requirements = catalogue.flatMap((family) =>
    family.requirements.map((requirement) =>
      reportRequirement({
        family,
        requirement,
        results: byScenario,
        all: results,
        leftOut: inputs.leftOut ?? 'it did not run',
        strict: header.options.strict,
        accepted,
      }),
    ),
  );
  const selected = requirements.filter(({ scenarios }) => scenarios.some(({ id }) => byScenario.has(id)));
  const cells = selected.reduce(
    (sum, requirement) => sum + requirement.scenarios.reduce((count, { cells }) => count + cells.length, 0),
    0,
  );
  const tried = triedOf(results);
  const profiles = judgeProfiles(requirements, catalogue, header);
  const exchanges = withAnswerers(results, requirements);
  const unstable = noise && { because: noise, reason: sentenceOf(noise) };
  const cause = causeOf(header, results) ?? unstable;
  const baseline = judgeBaseline(requirements, catalogue, header, inputs.leftOut);
  const untested = notTested(requirements, catalogue, header, byScenario);
  const { verdict, reason, suiteFaults } = judgeRun({
    requirements,
    worst: fixesOf({ requirements, exchanges }).failing[0]?.requirement.id,
    profiles,
    baseline,
    notTested: untested,
    cells,
    header,
    leftOut: inputs.leftOut,
    interrupted: inputs.interrupted ?? false,
    suiteFaults: inputs.suiteFaults,
    cause: header.cause ?? unstable?.reason,
  });
  return {
    schemaVersion: '1.0',
    suite: header.suite,
    target: { ...header.target, embedded: header.embedded },
    runId: header.runId,
    startedAt: new Date(header.startedAt).toISOString(),
    durationMs: Math.round(inputs.finishedAt - header.startedAt),
    ...slowestOf(results),
    verdict,
    reason,
    ...(cause === undefined || verdict !== 'inconclusive'
      ? {}
      : defined({ cause: cause.reason, because: cause.because })),
    ...(inputs.interrupted ? { interrupted: true as const } : {}),
    options: {
      ...header.options,
      profiles: profiles.filter(({ claimed }) => claimed).map(({ id }) => id),
    },
    configuration: header.configuration,
    profiles,
    counts: {
      requirements: selected.filter(({ scenarios }) => triedOf(scenarios).scenarios > 0).length,
      ...tried,
      requests: results.reduce((sum, { requests }) => sum + requests, header.requests ?? 0),
      verdicts: Object.fromEntries(
        requirementVerdicts.map((name) => [
          name,
          requirements.filter((requirement) => requirement.verdict === name).length,
        ]),
      ) as Report['counts']['verdicts'],
    },
    requirements,
    exchanges,
    ...defined({ baseline }),
    notTested: untested,
    suiteFaults,
  };
}

/** Workers and shards end in any order; the report always has the order of the catalogue. */
function inCatalogueOrder(
  results: readonly ScenarioResult[],
  catalogue: readonly Family[],
): readonly ScenarioResult[] {
  const ids = scenarioIds(catalogue);
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = ({ scenario }: ScenarioResult): number => places.get(scenario) ?? ids.length;
  return results.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The single cause of a run that stopped early: from the preflight, or from the scenario that noticed it. */
function causeOf({ cause, because }: RunHeader, results: readonly ScenarioResult[]): Why | undefined {
  return cause === undefined ? results.find(isStoppedEarly) : { reason: cause, because };
}

/** The lowest rate of the run; several processes and shards may have been slowed down to different ones. */
function slowestOf(results: readonly ScenarioResult[]): Pick<Report, 'slowestPerSecond'> {
  const rates = results.flatMap(({ slowestPerSecond }) => slowestPerSecond ?? []);
  return rates.length === 0 ? {} : { slowestPerSecond: Math.min(...rates) };
}

/** What was not tested because something was missing; what `-g` leaves out is not listed. */
function notTested(
  requirements: Report['requirements'],
  catalogue: readonly Family[],
  header: RunHeader,
  results: ReadonlyMap<string, unknown>,
): Report['notTested'] {
  const selects = header.options.selection !== undefined;
  const missing = new Set(
    header.capabilities.filter(([, state]) => state === 'missing').map(([capability]) => capability),
  );
  const untested = new Set(
    requirements.flatMap(({ scenarios }) =>
      scenarios
        .filter(({ id, verdict }) => verdict === 'not-tested' && (!selects || results.has(id)))
        .map(({ id }) => id),
    ),
  );
  const groups = new Map<string, Set<string>>();
  for (const requirement of catalogue.flatMap((family) => family.requirements)) {
    for (const scenario of requirement.scenarios) {
      if (!untested.has(`${requirement.id}/${scenario.id}`)) continue;
      for (const capability of [...(requirement.needs ?? []), ...(scenario.needs ?? [])]) {
        if (!missing.has(capability)) continue;
        groups.set(capability, (groups.get(capability) ?? new Set()).add(requirement.id));
      }
    }
  }
  return [...groups].map(([capability, ids]) => {
    const unlock = header.unlocks.find((entry) => entry.capability === capability);
    return {
      capability,
      unlock: unlock?.sentence ?? '',
      variables: unlock?.variables ?? [],
      requirements: [...ids],
    };
  });
}
