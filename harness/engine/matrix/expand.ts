import type {
  Capability,
  Depth,
  Family,
  Mode,
  Operation,
  Reason,
  Requirement,
  Scenario,
} from '../../model/index.ts';
import { because } from '../../model/index.ts';
import { limitToDepth, limitToMode, selectOperations } from './selectors.ts';

/** Whether a run has a capability; `absent`: the target does not implement it, so nobody can supply it. */
export type CapabilityState = 'have' | 'missing' | 'absent';

/** The properties of a run that decide which cells there are. */
export interface PlanInputs {
  /** The operations to test; those claimed absent are not included. */
  readonly operations: readonly Operation[];
  readonly claimedAbsent?: readonly Operation[];
  /** Ids of operations that look absent: they are tested, but do not represent others. */
  readonly doubtful?: readonly string[];
  readonly capabilities: ReadonlyMap<Capability, CapabilityState>;
  /** Why key control did not provide a capability, if it was asked. */
  readonly refused?: ReadonlyMap<Capability, Reason>;
  readonly depth: Depth;
  /** Ids of the scenarios that depth quick sends; undefined: all. */
  readonly chosen?: ReadonlySet<string> | undefined;
  readonly mode: Mode;
  /** The production host of the target, if it has one. */
  readonly production?: string | undefined;
}

/** A scenario with the operations that it is sent to, or the reason why it is not sent. */
export interface PlannedScenario {
  /** `family/requirement/scenario` */
  readonly id: string;
  readonly requirement: Requirement;
  readonly scenario: Scenario;
  readonly operations: readonly Operation[];
  readonly skip?: {
    readonly verdict: 'not-tested' | 'not-applicable';
    readonly because: Reason;
    readonly missing: readonly Capability[];
    /** Never sent to a production host, in any mode. */
    readonly sparesProduction?: true;
  };
}

/** Every scenario of the catalogue with its full id, in reading order. */
export function allScenarios(
  catalogue: readonly Family[],
): { readonly id: string; readonly requirement: Requirement; readonly scenario: Scenario }[] {
  return catalogue
    .flatMap((family) => family.requirements)
    .flatMap((requirement) =>
      requirement.scenarios.map((scenario) => ({
        id: `${requirement.id}/${scenario.id}`,
        requirement,
        scenario,
      })),
    );
}

/** Capabilities that the target has if key control lists a feature with this name. */
const features: readonly Capability[] = ['clock', 'expiring-keys', 'projects'];

/** Expands the catalogue into cells for one target. */
export function expand(catalogue: readonly Family[], inputs: PlanInputs): PlannedScenario[] {
  return allScenarios(catalogue).map(({ id, requirement, scenario }) => {
    const base = { id, requirement, scenario };
    const needs = [...(requirement.needs ?? []), ...(scenario.needs ?? [])];
    const missing = needs.filter((capability) => inputs.capabilities.get(capability) === 'missing');
    const absent = needs.filter((capability) => inputs.capabilities.get(capability) === 'absent');
    if (absent.length > 0) {
      const unlisted = absent.filter((capability) => features.includes(capability));
      const why = because('capability-absent', { capabilities: absent, unlisted });
      return { ...base, operations: [], skip: { verdict: 'not-applicable', because: why, missing: [] } };
    }
    if (missing.length > 0) {
      const why = missing.flatMap((capability) => inputs.refused?.get(capability) ?? []);
      const lack = because('capability-missing', { capabilities: missing, because: why });
      return { ...base, operations: [], skip: { verdict: 'not-tested', because: lack, missing } };
    }
    if (inputs.production !== undefined && showsKeyInUrl(scenario)) {
      const why = because('production-keeps-queries', { host: inputs.production });
      const skip = { verdict: 'not-tested', because: why, missing: [], sparesProduction: true } as const;
      return { ...base, operations: [], skip };
    }
    if (inputs.chosen?.has(id) === false) {
      const skip = { verdict: 'not-tested', because: because('seldom-at-quick'), missing: [] } as const;
      return { ...base, operations: [], skip };
    }
    const isAboutClaims = scenario.to === 'every operation that is claimed absent';
    const selected = isAboutClaims
      ? (inputs.claimedAbsent ?? [])
      : withoutMethod(
          scenario,
          inputs.operations,
          selectOperations(scenario.to, certainFirst(inputs, scenario), scenario.request),
        );
    const allowed = limitToMode(selected, scenario, inputs.mode);
    const operations = scenario.atEveryDepth === true ? allowed : limitToDepth(allowed, inputs.depth);
    if (selected.length === 0) {
      const why = because(isAboutClaims ? 'nothing-claimed-absent' : 'no-such-operations');
      return { ...base, operations, skip: { verdict: 'not-applicable', because: why, missing: [] } };
    }
    if (operations.length === 0) {
      const why = because('mode-excludes-operations', { mode: inputs.mode });
      return { ...base, operations, skip: { verdict: 'not-tested', because: why, missing: [] } };
    }
    return { ...base, operations };
  });
}

/** True if the URL of a scenario contains a valid key, in any spelling. */
function showsKeyInUrl({ present, forge }: Scenario): boolean {
  const texts = Object.values(present?.query ?? {});
  return texts.some((text) => text.includes('{second') || (forge === undefined && text.includes('{key')));
}

/** If one operation represents others, prefer one that certainly exists. */
function certainFirst({ operations, doubtful = [] }: PlanInputs, { to }: Scenario): readonly Operation[] {
  const isDoubtful = ({ id }: Operation): boolean => doubtful.includes(id);
  const certain = operations.filter((one) => !isDoubtful(one));
  const canStand = to === 'one read operation' && certain.some(({ permission }) => permission === 'read');
  return canStand ? certain : [...certain, ...operations.filter(isDoubtful)];
}

/** A scenario that sends another method needs paths without that method. */
function withoutMethod(
  { method }: Scenario,
  all: readonly Operation[],
  selected: readonly Operation[],
): readonly Operation[] {
  const documented = (path: string): boolean => all.some((one) => one.method === method && one.path === path);
  return method === undefined ? selected : selected.filter(({ path }) => !documented(path));
}
