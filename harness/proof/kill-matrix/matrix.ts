import {
  allScenarios,
  catalogueDigest,
  quickScenarios,
  suiteName,
  suiteVersion,
} from '../../engine/run/index.ts';
import { defined } from '../../model/defined.ts';
import type { Family } from '../../model/index.ts';
import { faults as knownFaults } from '../../reference/faults/index.ts';
import { claims, emptyClaims, type FaultProof } from './faults.ts';
import { complaintOf, countedAs, unclaimedFaults, withoutOwnFault } from './own.ts';
import type { ServerProof } from './servers.ts';
import type { StalenessProof } from './staleness.ts';
import type { TaskOutcome } from './tasks.ts';

/** A count out of a total. */
export interface Score {
  readonly of: number;
  readonly reached: number;
}

/** The result of the whole proof: faults x requirements, and the score. */
export interface KillMatrix {
  readonly suite: { readonly name: string; readonly version: string; readonly catalogueDigest: string };
  readonly startedAt: string;
  readonly durationMs: number;
  readonly machine: string;
  /** The digest of all code but the faults; missing in older proofs. */
  readonly commonDigest?: string;
  /** Ids of what was proven in a second run, after a change of faults alone. */
  readonly again?: readonly string[];
  readonly score: {
    /** Faults that exactly the requirements and scenarios that claim them detect. */
    readonly faults: Score;
    /** Requirements, and scenarios, that detect at least one of the faults that they claim. */
    readonly requirements: Score;
    readonly scenarios: Score;
    /** Scenarios with a proven fault of their own. */
    readonly ownFaults: Score;
    /** Faults that a scenario of depth quick claims and detects. */
    readonly quick: Score;
    readonly conformants: Score;
    readonly degenerates: Score;
    /** Runs that detected a cache of 50 ms. */
    readonly staleness: Score;
    readonly falseAlarms: number;
  };
  /** Scenarios without a fault of their own. */
  readonly withoutOwnFault: readonly string[];
  /** One sentence for each problem; empty if everything is proven. */
  readonly wrong: readonly string[];
  readonly requirements: readonly { readonly id: string; readonly level: string; readonly kills: number }[];
  readonly faults: readonly FaultProof[];
  readonly conformants: readonly ServerProof[];
  readonly degenerates: readonly ServerProof[];
  readonly staleness?: StalenessProof;
}

/** Combines the outcomes of a proof. */
export function killMatrix(
  catalogue: readonly Family[],
  outcomes: readonly TaskOutcome[],
  run: Pick<KillMatrix, 'startedAt' | 'durationMs' | 'machine' | 'commonDigest' | 'again'>,
): KillMatrix {
  const faults = outcomes.flatMap((one) => (one.kind === 'fault' ? [one.proof] : []));
  const servers = (kind: TaskOutcome['kind']): ServerProof[] =>
    outcomes.flatMap((one) => (one.kind === kind ? [one.proof as ServerProof] : []));
  const staleness = outcomes.flatMap((one) => (one.kind === 'staleness' ? [one.proof] : []))[0];
  const [conformants, degenerates] = [servers('conformant'), servers('degenerate')];
  const score = (kind: TaskOutcome['kind']): Score => {
    const own = outcomes.filter((one) => one.kind === kind);
    return { of: own.length, reached: own.filter(({ ok }) => ok).length };
  };
  const scenarios = allScenarios(catalogue);
  const seen = scenarios.filter((one) =>
    faults.some((proof) => one.scenario.catches.includes(proof.id) && sees(proof, countedAs(one))),
  );
  const quick = quickScenarios(catalogue);
  const chosen = scenarios.filter(({ id }) => quick.has(id));
  const notOwned = withoutOwnFault(catalogue, knownFaults, faults);
  const requirements = catalogue
    .flatMap((family) => family.requirements)
    .map(({ id, level }) => ({
      id,
      level,
      kills: faults.filter(({ seenBy }) => seenBy.includes(id)).length,
    }));
  return {
    suite: { name: suiteName, version: suiteVersion, catalogueDigest: catalogueDigest(catalogue) },
    ...run,
    score: {
      faults: score('fault'),
      requirements: {
        of: requirements.length,
        reached: requirements.filter(({ kills }) => kills > 0).length,
      },
      scenarios: { of: scenarios.length, reached: seen.length },
      ownFaults: { of: scenarios.length, reached: scenarios.length - notOwned.length },
      quick: { of: faults.length, reached: faults.filter((proof) => chosen.some(seesClaimed(proof))).length },
      conformants: score('conformant'),
      degenerates: score('degenerate'),
      staleness: { of: staleness?.runs ?? 0, reached: staleness?.caught ?? 0 },
      falseAlarms: staleness?.falseAlarms ?? 0,
    },
    withoutOwnFault: notOwned,
    wrong: [
      ...outcomes.flatMap(wrongWith),
      ...requirements.filter(({ kills }) => kills === 0).map(({ id }) => `${id} detects no fault`),
      ...emptyClaims(catalogue, knownFaults),
      ...unclaimedFaults(catalogue, knownFaults),
      ...complaintOf(notOwned),
    ],
    requirements,
    faults,
    conformants,
    degenerates,
    ...defined({ staleness }),
  };
}

/** Whether a scenario claims a fault and detects it. */
function seesClaimed(proof: FaultProof): (one: ReturnType<typeof allScenarios>[number]) => boolean {
  const fault = knownFaults.find(({ id }) => id === proof.id);
  return (one) => fault !== undefined && claims(one, fault) && sees(proof, countedAs(one));
}

function sees({ seenBy, scenarios }: FaultProof, id: string): boolean {
  return scenarios.includes(id) || seenBy.includes(id);
}

/** One sentence for each problem of an outcome. */
export function wrongWith(outcome: TaskOutcome): string[] {
  switch (outcome.kind) {
    case 'fault':
      return wrongWithFault(outcome.proof);
    case 'staleness':
      return wrongWithStaleness(outcome.proof);
    default:
      return outcome.proof.wrong.map((what) => `${outcome.proof.id}: ${what}`);
  }
}

/** Says what to change, with the list to paste. */
function wrongWithFault(proof: FaultProof): string[] {
  const { id, seenBy, missed, unclaimed, falseClaims, cause } = proof;
  const list = (ids: readonly string[]): string => ids.map((one) => `'${one}'`).join(', ');
  return [
    ...(cause === undefined ? [] : [`${id}: the run stopped: ${cause}`]),
    ...(seenBy.length === 0 ? [`${id} is not detected`] : []),
    ...(missed.length === 0 ? [] : [`${id} is claimed but not detected by ${list(missed)}`]),
    ...(unclaimed.length === 0 ? [] : [`${id} is detected but not claimed by ${list(unclaimed)}`]),
    ...(falseClaims.length === 0
      ? []
      : [`${id} is claimed but not detected by the scenarios ${list(falseClaims)}`]),
  ];
}

function wrongWithStaleness({ runs, caught, falseAlarms }: StalenessProof): string[] {
  return [
    ...(caught === runs ? [] : [`a cache of 50 ms is detected in ${caught} of ${runs} runs`]),
    ...(falseAlarms === 0
      ? []
      : [`${falseAlarms} of ${runs} runs against the conformant server do not pass`]),
  ];
}
