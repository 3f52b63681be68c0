import type { Depth, Family, Scenario } from '../../model/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { requestsOfCell } from './estimate.ts';

/** What the chosen scenarios of depth quick may send together; preflight, fixture and controls come on top. */
const mostRequests = 600;

const known = new WeakMap<readonly Family[], ReadonlySet<string>>();

/** The ids of the scenarios that a run sends; undefined: all. What `-g` selects is meant, at every depth. */
export function chosenAt(
  depth: Depth,
  catalogue: readonly Family[],
  isSelection: boolean,
): ReadonlySet<string> | undefined {
  return depth === 'quick' && !isSelection ? quickScenarios(catalogue) : undefined;
}

type Candidate = ReturnType<typeof allScenarios>[number] & { readonly cost: number };

/**
 * The ids of the scenarios that depth quick sends: one of each requirement first, then those that catch the most
 * faults that no chosen scenario catches yet, for each request and for each scenario of the requirement so far. What
 * a scenario catches is what it claims; `prove` shows that the claims are exact.
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
    return gain / (Math.max(cost, 1) * (1 + (perRequirement.get(requirement.id) ?? 0)));
  };
  for (const one of all) if (one.scenario.atEveryDepth === true || one.cost === 0) take(one);
  for (const id of new Set(all.map(({ requirement }) => requirement.id))) {
    if (perRequirement.has(id)) continue;
    const own = all.filter(({ requirement }) => requirement.id === id);
    const best = bestOf(own.filter(needsNothing), worth) ?? bestOf(own, worth);
    if (best !== undefined) take(best);
  }
  for (;;) {
    const left = all.filter(({ id, cost }) => !chosen.has(id) && spent + cost <= mostRequests);
    const best = bestOf(left, worth);
    if (best === undefined || worth(best) === 0) return chosen;
    take(best);
  }
}

/** A target that lacks what the chosen scenario needs would leave the requirement without any. */
function needsNothing({ scenario }: Candidate): boolean {
  return scenario.needs === undefined;
}

/** The first of those that are worth the most. */
function bestOf(all: readonly Candidate[], worth: (one: Candidate) => number): Candidate | undefined {
  let best: Candidate | undefined;
  let most = -1;
  for (const one of all) {
    const value = worth(one);
    if (value > most) [best, most] = [one, value];
  }
  return best;
}

/** At depth quick most scenarios go to one read and one write operation. */
function costOf(scenario: Scenario): number {
  const isOne = scenario.to === 'one read operation' || scenario.procedure === 'regeneration is linearizable';
  return requestsOfCell(scenario, 'quick') * (isOne ? 1 : 2);
}
