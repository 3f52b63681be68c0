import type { Depth, Family, Scenario } from '../../model/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { requestsOfCell } from './estimate.ts';
import { isSequentialAlone } from './phase.ts';

/** The most requests of the scenarios at depth quick; preflight, fixture and controls are extra. */
const mostRequests = 795;

/** What others could send while a scenario runs alone: several steps, each of a round trip, 16 requests at a time. */
const requestsBesideOneAlone = 64;

const known = new WeakMap<readonly Family[], ReadonlySet<string>>();

/**
 * The ids of the scenarios that a run sends; undefined: all. A selection with `-g` is sent completely at every depth.
 */
export function chosenAt(
  depth: Depth,
  catalogue: readonly Family[],
  isSelection: boolean,
): ReadonlySet<string> | undefined {
  return depth === 'quick' && !isSelection ? quickScenarios(catalogue) : undefined;
}

type Candidate = ReturnType<typeof allScenarios>[number] & { readonly cost: number };

/**
 * The ids of the scenarios at depth quick. First one of each requirement, then those that detect the most further
 * faults, in relation to their requests and to the scenarios that the requirement already has. The claims in `catches`
 * decide; `prove` shows that they are exact.
 */
export function quickScenarios(catalogue: readonly Family[]): ReadonlySet<string> {
  const before = known.get(catalogue);
  if (before !== undefined) return before;
  const chosen = choose(catalogue);
  known.set(catalogue, chosen);
  return chosen;
}

function choose(catalogue: readonly Family[]): ReadonlySet<string> {
  const all: Candidate[] = allScenarios(catalogue).map((one) => ({ ...one, cost: costOf(one.scenario) }));
  const chosen = new Set<string>();
  const caught = new Set<string>();
  const perRequirement = new Map<string, number>();
  let spent = 0;
  const take = (one: Candidate): void => {
    chosen.add(one.id);
    for (const fault of one.scenario.catches) caught.add(fault);
    perRequirement.set(one.requirement.id, (perRequirement.get(one.requirement.id) ?? 0) + 1);
    spent += one.cost;
  };
  const worth = ({ scenario, requirement, cost }: Candidate): number => {
    const gain = scenario.catches.filter((fault) => !caught.has(fault)).length;
    const delays = isSequentialAlone(scenario) ? requestsBesideOneAlone : 0;
    return gain / ((Math.max(cost, 1) + delays) * (1 + (perRequirement.get(requirement.id) ?? 0)));
  };
  const values = new Map<Candidate, number>();
  for (const one of all) if (one.scenario.atEveryDepth === true || one.cost === 0) take(one);
  for (const id of new Set(all.map(({ requirement }) => requirement.id))) {
    if (perRequirement.has(id)) continue;
    const own = all.filter(({ requirement }) => requirement.id === id);
    const best = bestOf(own.filter(needsNothing), values, worth) ?? bestOf(own, values, worth);
    if (best !== undefined) take(best);
  }
  for (;;) {
    const left = all.filter(({ id, cost }) => !chosen.has(id) && spent + cost <= mostRequests);
    const best = bestOf(left, values, worth);
    if (best === undefined || worth(best) === 0) return chosen;
    take(best);
  }
}

/** If the target lacks what the chosen scenario needs, the requirement would have no scenario. */
function needsNothing({ scenario }: Candidate): boolean {
  return scenario.needs === undefined;
}

/**
 * The first of those with the highest value. A value only falls as more scenarios are chosen, so an earlier one in
 * `values` is at least as high, and only the highest of these is computed again.
 */
function bestOf(
  all: readonly Candidate[],
  values: Map<Candidate, number>,
  worth: (one: Candidate) => number,
): Candidate | undefined {
  for (const one of all) if (!values.has(one)) values.set(one, worth(one));
  for (;;) {
    let best: Candidate | undefined;
    let most = -1;
    for (const one of all) {
      const value = values.get(one) ?? 0;
      if (value > most) {
        best = one;
        most = value;
      }
    }
    if (best === undefined) return undefined;
    const value = worth(best);
    if (value === most) return best;
    values.set(best, value);
  }
}

/** At depth quick most scenarios go to one read and one write operation. */
function costOf(scenario: Scenario): number {
  const isOne = scenario.to === 'one read operation' || scenario.procedure === 'regeneration is linearizable';
  return requestsOfCell(scenario, 'quick') * (isOne ? 1 : 2);
}
