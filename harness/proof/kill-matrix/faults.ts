import { allScenarios } from '../../engine/run/index.ts';
import { defined } from '../../model/defined.ts';
import type { Family } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import type { Fault } from '../../reference/faults/fault.ts';
import { runReference } from './engine.ts';
import { pausesFor, shownOn, signedWith, sometimesSeenBy } from './exceptions.ts';

/** The result of one fault. A fault is killed only if all three lists of differences are empty. */
export interface FaultProof {
  readonly id: string;
  readonly breaks: string;
  /** Requirements and scenarios that detected the fault, in the order of the catalogue. */
  readonly seenBy: readonly string[];
  readonly scenarios: readonly string[];
  /** Requirements that claim the fault and did not detect it, and the reverse. */
  readonly missed: readonly string[];
  readonly unclaimed: readonly string[];
  /** Scenarios that claim the fault and passed. Those that watch all exchanges claim it for their whole requirement. */
  readonly falseClaims: readonly string[];
  readonly cause?: string;
}

const always = 'GET /v1/version';

/**
 * Runs the catalogue against the reference server with one fault, and compares which scenarios fail with which claim
 * the fault.
 */
export async function proveFault(fault: Fault, catalogue: readonly Family[]): Promise<FaultProof> {
  const operations = shownOn[fault.id];
  const sometimes = sometimesSeenBy[fault.id] ?? [];
  const common = { catalogue, strict: true, pauseMs: pausesFor[fault.id] };
  const report = await runReference(
    { faults: [fault.id], algorithm: signedWith[fault.id] ?? 'EdDSA' },
    operations === undefined
      ? { ...common, depth: 'quick' }
      : { ...common, depth: 'full', operations: [always, ...operations] },
  );
  const failing = new Set(failingScenarios(report));
  const claiming = allScenarios(catalogue).filter((one) => claims(one, fault));
  const claimed = new Set(claiming.map(({ requirement }) => requirement.id));
  const seenBy = report.requirements
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .map(({ id }) => id);
  return {
    id: fault.id,
    breaks: fault.breaks,
    seenBy,
    scenarios: [...failing],
    missed: [...claimed].filter((id) => !seenBy.includes(id)),
    unclaimed: seenBy.filter((id) => !claimed.has(id) && !sometimes.includes(id)),
    falseClaims: claiming
      .filter(({ id, scenario }) => scenario.expect !== 'observed' && !failing.has(id))
      .map(({ id }) => id),
    ...defined({ cause: report.cause }),
  };
}

/** Whether a scenario claims a fault, or the fault names the scenario. */
export function claims(
  { id, scenario }: ReturnType<typeof allScenarios>[number],
  { id: fault, caughtBy = [] }: Pick<Fault, 'id' | 'caughtBy'>,
): boolean {
  return scenario.catches.includes(fault) || caughtBy.includes(id);
}

/** True if exactly the requirements and scenarios that claim the fault detect it. */
export function isKilled(proof: FaultProof): boolean {
  const { seenBy, missed, unclaimed, falseClaims, cause } = proof;
  return seenBy.length > 0 && [...missed, ...unclaimed, ...falseClaims].length === 0 && cause === undefined;
}

/** Scenarios that failed, including those for findings in exchanges of other scenarios. */
function failingScenarios(report: Report): string[] {
  return report.requirements
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .map(({ id }) => id);
}

/** Scenarios that claim no fault, and claims of a fault or scenario that does not exist. */
export function emptyClaims(
  catalogue: readonly Family[],
  faults: readonly Pick<Fault, 'id' | 'caughtBy'>[],
): readonly string[] {
  const known = new Set(faults.map(({ id }) => id));
  const scenarios = allScenarios(catalogue);
  const ids = new Set(scenarios.map(({ id }) => id));
  const strange = faults.flatMap(({ id, caughtBy = [] }) =>
    caughtBy
      .filter((one) => !ids.has(one))
      .map((one) => `${id} is caught by ${one}, which is not a scenario`),
  );
  const wrong = scenarios.flatMap(({ id, scenario }) => [
    ...(scenario.catches.length === 0 ? [`${id} catches no fault`] : []),
    ...scenario.catches
      .filter((fault) => !known.has(fault))
      .map((fault) => `${id} names ${fault}, which is not a fault`),
  ]);
  return [...wrong, ...strange];
}
