import {
  type Depth,
  type Operation,
  type Procedure,
  preparationSteps,
  type Scenario,
} from '../../model/index.ts';
import { warmUses } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { usesAtTheAnswer } from '../procedures/at-the-answer.ts';
import { linearizableUses } from '../procedures/linearizable.ts';
import { mostTried } from '../procedures/revoked-keys.ts';
import { precedes } from '../session/right-after.ts';
import { watchedRequest } from '../session/watched-request.ts';

/** The fewest requests of a procedure on each operation, without calls of key control. */
const ofProcedure: Readonly<Record<Procedure, number | ((depth: Depth) => number)>> = {
  'real work': 0,
  'supplied keys carry no expiry': 1,
  'keys name project and permission': 1,
  'keys are signed with no leaked secret': 1,
  'the JWKS document has no secret': 1,
  'regeneration keeps identity': 1,
  'refused writes leave no trace': 4,
  'bad keys are answered alike': 4,
  'what is claimed absent looks unknown': 1,
  'two names leave no trace': 4,
  'existence oracle': 2,
  'lists hold only own objects': 4,
  'lists belong to who asks': 17,
  'things stay in their project': 3,
  'the owner is served right after a refusal': 3,
  'two lines are answered consistently': 8,
  'the key goes before on the connection': 2,
  'keys take turns on one connection': 40,
  'aborted requests leave nothing behind': 42,
  'streams of one connection in turn': 16,
  'streams of one connection at once': 16,
  'the body comes late': 4,
  'an oversized header is harmless': 2,
  'a cookie lets nobody in': 2,
  'a cookie outlives no key': 3,
  'creating a key leaves others alone': 24,
  'a key survives guesses': 11,
  'a costly key is answered in time': 4,
  'two regenerations leave one active key': 9,
  'regeneration is linearizable': linearizableUses,
  'an old key is used at the answer': usesAtTheAnswer,
  'a revoked key is used at the answer': usesAtTheAnswer,
  'revoked keys stay revoked': (depth) => mostTried[depth],
  'many keys work at a time': 25,
  'the certificate verifies': 1,
  'the handshake is refused': 1,
  'plain HTTP does not look at keys': 1,
  'plain HTTP lets nobody in': 1,
  'plain HTTP leaves no trace': 1,
  'plain HTTP does not repeat the key': 1,
  'plain HTTP redirects to HTTPS': 1,
  'HSTS is in force': 1,
  'HSTS is not sent in the clear': 1,
};
/** The unmodified key before and after the run; scenarios share the controls between them. */
const controls = 2;
/** Users, event and product of an existing set, for each of six sets; then the requests that use them. */
const fixture = 24;
const realWork = 9;
const reachability = 2;

/** What a run may do, and how much. */
interface RunLimits {
  readonly mayWrite: boolean;
  readonly depth: Depth;
}

/** The requests of one kind of scenarios; a family is one kind. */
export interface KindOfRequests {
  /** Id of a family; undefined: preflight and controls, which belong to no scenario. */
  readonly kind: string | undefined;
  readonly scenarios: number;
  readonly requests: number;
}

/**
 * The fewest requests that a run sends to the target, by kind, in the order of the catalogue. Repetitions after a
 * finding, creating a missing fixture, and waiting for a rate limit add to that. Shared requests count for the first
 * scenario.
 */
export function leastRequests(
  planned: readonly PlannedScenario[],
  operations: readonly Operation[],
  { mayWrite, depth }: RunLimits,
): readonly KindOfRequests[] {
  const reading = operations.filter(({ permission }) => permission === 'read').length;
  const look = reachability + fixture + reading + (mayWrite ? operations.length + realWork : reading);
  const watched = new Set<string>();
  const kinds = new Map<string, KindOfRequests>();
  for (const one of planned.filter(({ skip }) => skip === undefined)) {
    const kind = one.requirement.id.split('/')[0] ?? '';
    const news = new Set(watchedExchanges(one).filter((name) => !watched.has(name)));
    for (const name of news) watched.add(name);
    const before = kinds.get(kind) ?? { kind, scenarios: 0, requests: 0 };
    const requests = before.requests + news.size + ownRequests(one, { mayWrite, depth });
    kinds.set(kind, { kind, scenarios: before.scenarios + 1, requests });
  }
  return [...kinds.values(), { kind: undefined, scenarios: 0, requests: look + controls }];
}

/** The fewest requests of each scenario to be sent, by its id: what is left of a run. */
export function requestsOfEach(planned: readonly PlannedScenario[], sending: RunLimits): Map<string, number> {
  const sent = planned.filter(({ skip }) => skip === undefined);
  return new Map(sent.map((one) => [one.id, ownRequests(one, sending)]));
}

function ownRequests({ scenario, operations }: PlannedScenario, { mayWrite, depth }: RunLimits): number {
  const { after, prepare } = scenario;
  const mode = mayWrite ? 'full' : 'observe';
  const before = operations.filter((one) => after !== undefined && precedes(after, one, mode)).length;
  const isAwaited = prepare !== undefined && preparationSteps[prepare].untilRejected === true;
  const looks = isAwaited ? operations.filter(({ permission }) => permission === 'read').length : 0;
  return before + looks + requestsOfCell(scenario, depth) * operations.length;
}

/** The fewest requests of a scenario on one operation. */
export function requestsOfCell(scenario: Scenario, depth: Depth): number {
  const { procedure, prepare } = scenario;
  const warm = prepare === undefined ? 0 : warmUses(prepare);
  if (procedure === undefined) return sharesRequests(scenario) ? warm : 1 + warm;
  const own = ofProcedure[procedure];
  return (typeof own === 'number' ? own : own(depth)) + warm;
}

/** Scenarios that only watch exchanges share their requests. */
export function sharesRequests({ expect, procedure }: Scenario): boolean {
  return expect === 'observed' && procedure === undefined;
}

function watchedExchanges({ scenario, operations }: PlannedScenario): string[] {
  if (!sharesRequests(scenario)) return [];
  return operations.map((operation) => watchedRequest(scenario, operation));
}
