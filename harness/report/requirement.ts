import { defined } from '../model/defined.ts';
import {
  type BaselineEntry,
  because,
  type CellResult,
  type Family,
  type Requirement,
  type RequirementVerdict,
  type ScenarioResult,
  verdictOfFindings,
  type Why,
  whyOf,
  worseOf,
  worstVerdict,
} from '../model/index.ts';
import type { RequirementReport, ScenarioReport } from '../model/report.ts';
import { withKnown } from './baseline.ts';
import { inPartInWords, testedInPart } from './coverage.ts';
import { adviceFitsOf, dueOf, isProcedure, isUnmodified } from './due.ts';
import { elsewhereOf } from './elsewhere.ts';

/** What is needed to judge a requirement. */
export interface RequirementInputs {
  readonly family: Family;
  readonly requirement: Requirement;
  /** By scenario id. */
  readonly results: ReadonlyMap<string, ScenarioResult>;
  /** All results of the run: some requirements judge what others sent. */
  readonly all: readonly ScenarioResult[];
  /** Why scenarios have no result. */
  readonly leftOut: string;
  readonly strict: boolean;
  /** Known failures that do not gate. */
  readonly accepted: readonly BaselineEntry[];
}

/** The result of one requirement: the worst of its scenarios, and what was seen in exchanges of others. */
export function reportRequirement({
  family,
  requirement,
  results,
  all,
  leftOut,
  strict,
  accepted,
}: RequirementInputs): RequirementReport {
  const scenarios = requirement.scenarios.map((scenario): ScenarioReport => {
    const id = `${requirement.id}/${scenario.id}`;
    const result = results.get(id);
    if (result === undefined) {
      const nothing = { sent: scenario.title, expected: '', cells: [], durationMs: 0 };
      const why = because('did-not-run', { why: leftOut });
      return { id, title: scenario.title, verdict: 'not-tested', reason: leftOut, because: why, ...nothing };
    }
    return {
      id,
      title: scenario.title,
      verdict: result.verdict,
      ...whyOf(result),
      sent: result.sent,
      expected: result.expected,
      ...dueOf(scenario),
      unmodified: isUnmodified(scenario),
      ...(isProcedure(scenario) ? { procedure: true } : {}),
      ...defined({ control: result.control }),
      cells: result.cells,
      ...defined({ timeline: result.timeline }),
      durationMs: result.durationMs,
    };
  });
  const selected = scenarios.some(({ id }) => results.has(id));
  const elsewhere = selected ? findingsElsewhere(requirement, all, strict) : undefined;
  const judged = elsewhere === undefined ? scenarios : [...scenarios, elsewhere];
  const reported = judged.map((scenario) => withKnown(scenario, requirement.id, accepted));
  const worst = worstOf(reported);
  return {
    id: requirement.id,
    family: family.id,
    title: requirement.sentence,
    level: requirement.level,
    profile: requirement.profile,
    ...worst,
    source: requirement.source,
    advice: requirement.advice,
    ...adviceFitsOf(requirement),
    ...(requirement.explainedBy === undefined ? {} : { explainedBy: [...requirement.explainedBy] }),
    scenarios: reported,
  };
}

function worstOf(scenarios: readonly ScenarioReport[]): Why & { readonly verdict: RequirementVerdict } {
  const applicable = scenarios.filter(({ verdict }) => verdict !== 'not-applicable');
  const [first] = scenarios;
  if (applicable.length === 0) return { verdict: 'not-applicable', ...whyOf(first ?? {}) };
  const tested = applicable.filter(({ verdict }) => verdict !== 'not-tested');
  if (tested.length === 0) return { verdict: 'not-tested', ...whyOf(applicable[0] ?? {}) };
  const worst = worstVerdict(tested) ?? 'pass';
  const inPart = worst === 'pass' ? testedInPart({ scenarios }) : undefined;
  const why = inPart === undefined ? {} : { reason: inPartInWords(inPart) };
  return { verdict: worst, ...whyOf(tested.find(({ verdict }) => verdict === worst) ?? {}, why) };
}

/** Findings of an observing requirement in exchanges of other scenarios, one cell per operation. */
function findingsElsewhere(
  requirement: Requirement,
  all: readonly ScenarioResult[],
  strict: boolean,
): ScenarioReport | undefined {
  if (requirement.observe === undefined && requirement.guards === undefined) return undefined;
  const cells = new Map<string, CellResult>();
  for (const { observed } of all) {
    for (const { operation, ...finding } of observed) {
      if (finding.requirement !== requirement.id) continue;
      const known = cells.get(operation);
      const exchanges = finding.exchange === undefined ? [] : [finding.exchange];
      const findings = [...(known?.findings ?? []), finding];
      cells.set(operation, {
        operation,
        verdict: verdictOfFindings(findings, requirement.level, strict),
        findings,
        exchanges: [...(known?.exchanges ?? []), ...exchanges],
      });
    }
  }
  const [first, ...others] = cells.values();
  if (first === undefined) return undefined;
  return {
    id: elsewhereOf(requirement.id),
    title: 'exchanges of other scenarios',
    verdict: others.reduce(worseOf, first).verdict,
    sent: 'a request of another scenario',
    expected: 'nothing wrong in any exchange of the run',
    cells: [...cells.values()],
    durationMs: 0,
  };
}
