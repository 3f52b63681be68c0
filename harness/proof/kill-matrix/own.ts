import { allScenarios } from '../../engine/run/index.ts';
import type { Family } from '../../model/index.ts';
import type { Fault } from '../../reference/faults/fault.ts';
import { claims, type FaultProof } from './faults.ts';

/** At most this many scenarios may fail on a fault that is their own. */
const most = 5;

/** Requirements with scenarios from the same table: each row is sent without a key and with keys of several kinds. */
const tables: Readonly<Record<string, string>> = {
  'presentation/path-spelling-requires-key': 'spellings of paths',
  'permissions/path-spelling-is-no-bypass': 'spellings of paths',
  'token/verified-however-the-path-is-spelled': 'spellings of paths',
  'regeneration/dead-however-the-path-is-spelled': 'spellings of paths',
};

type CatchingScenario = ReturnType<typeof allScenarios>[number];
type KnownFault = Pick<Fault, 'id' | 'caughtBy'>;

/** Scenarios of one requirement, or of one table of rows, are one kind. */
const kindOf = ({ requirement }: CatchingScenario): string => tables[requirement.id] ?? requirement.id;

/** Scenarios that watch every exchange of the run see the same requests, so those of a requirement count as one. */
export const countedAs = ({ id, requirement, scenario }: CatchingScenario): string =>
  scenario.expect === 'observed' ? requirement.id : id;

/**
 * The own faults of each scenario: at most five scenarios of the catalogue claim such a fault, all of the same kind.
 * Only faults among `faults` count. Claims decide here, because `isKilled` proves that exactly they fail.
 */
export function ownFaults(
  catalogue: readonly Family[],
  faults: readonly KnownFault[],
): ReadonlyMap<string, readonly string[]> {
  const scenarios = allScenarios(catalogue);
  const own = new Map<string, string[]>(scenarios.map(({ id }) => [id, []]));
  for (const fault of faults) {
    const claiming = scenarios.filter((one) => claims(one, fault));
    const isOwn = new Set(claiming.map(countedAs)).size <= most && new Set(claiming.map(kindOf)).size === 1;
    if (isOwn) for (const { id } of claiming) own.get(id)?.push(fault.id);
  }
  return own;
}

/** Scenarios without a proven fault of their own, in the order of the catalogue. */
export function withoutOwnFault(
  catalogue: readonly Family[],
  faults: readonly KnownFault[],
  proofs: readonly FaultProof[],
): readonly string[] {
  const proved = new Map(proofs.map((proof) => [proof.id, new Set([...proof.scenarios, ...proof.seenBy])]));
  const own = ownFaults(catalogue, faults);
  return allScenarios(catalogue)
    .filter(
      (one) => !(own.get(one.id) ?? []).some((fault) => proved.get(fault)?.has(countedAs(one)) === true),
    )
    .map(({ id }) => id);
}

/** A sentence about scenarios without a fault of their own; none if there are no such scenarios. */
export function complaintOf(ownless: readonly string[]): readonly string[] {
  if (ownless.length === 0) return [];
  const who = ownless.length === 1 ? '1 scenario has' : `${ownless.length} scenarios have`;
  return [`${who} no own fault, on which at most ${most} scenarios of one kind fail: ${ownless.join(', ')}`];
}

/** Faults that no scenario claims: the scenario that needed them was removed. */
export function unclaimedFaults(
  catalogue: readonly Family[],
  faults: readonly KnownFault[],
): readonly string[] {
  const scenarios = allScenarios(catalogue);
  return faults
    .filter((fault) => !scenarios.some((one) => claims(one, fault)))
    .map(({ id }) => `${id} is claimed by no scenario`);
}
