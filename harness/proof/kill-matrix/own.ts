import { allScenarios } from '../../engine/run/index.ts';
import type { Family } from '../../model/index.ts';
import type { Fault } from '../../reference/faults/fault.ts';
import { claims, type FaultProof } from './faults.ts';

/** So many scenarios may fail on a fault that is still one of their own. */
const most = 5;

/** Requirements whose scenarios are made of the same rows: each row is tried without a key and with the read key. */
const tables: Readonly<Record<string, string>> = {
  'presentation/path-spelling-requires-key': 'spellings of paths',
  'permissions/path-spelling-is-no-bypass': 'spellings of paths',
};

type Claiming = ReturnType<typeof allScenarios>[number];
type Known = Pick<Fault, 'id' | 'caughtBy'>;

/** One requirement is one kind, and so is one table of rows. */
const kindOf = ({ requirement }: Claiming): string => tables[requirement.id] ?? requirement.id;

/** Scenarios that watch see every exchange of the run and share them: all of a requirement count as one. */
export const countedAs = ({ id, requirement, scenario }: Claiming): string =>
  scenario.expect === 'observed' ? requirement.id : id;

/**
 * The faults that a scenario has of its own: at most five scenarios of the catalogue fail on such a fault, all of the
 * same kind. Only faults among `faults` count, and what claims them is what fails: `isKilled` holds the two together.
 */
export function ownFaults(
  catalogue: readonly Family[],
  faults: readonly Known[],
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

/** Scenarios of which no own fault is proved, in the order of the catalogue. */
export function withoutOwnFault(
  catalogue: readonly Family[],
  faults: readonly Known[],
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

/** What to say of scenarios without a fault of their own: nothing where there is none. */
export function complaintOf(ownless: readonly string[]): readonly string[] {
  if (ownless.length === 0) return [];
  const who = ownless.length === 1 ? '1 scenario has' : `${ownless.length} scenarios have`;
  return [`${who} no own fault, on which at most ${most} scenarios of one kind fail: ${ownless.join(', ')}`];
}

/** Faults that are claimed by nobody: the scenario that needed them is gone. */
export function unclaimedFaults(catalogue: readonly Family[], faults: readonly Known[]): readonly string[] {
  const scenarios = allScenarios(catalogue);
  return faults
    .filter((fault) => !scenarios.some((one) => claims(one, fault)))
    .map(({ id }) => `${id} is claimed by no scenario`);
}
