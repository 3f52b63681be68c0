import { defined } from '../model/defined.ts';
import {
  type BaselineEntry,
  type CellResult,
  type Family,
  type Requirement,
  type ScenarioResult,
  verdictOf,
  worseOf,
} from '../model/index.ts';
import type { RequirementReport, RequirementVerdict, ScenarioReport } from '../model/report.ts';
import { withKnown } from './baseline.ts';
import { adviceFitsOf, dueOf } from './due.ts';
import { inPartInWords, testedInPart } from './tested.ts';

const worstFirst: readonly RequirementVerdict[] = ['fail', 'inconclusive', 'known', 'warn', 'pass'];

/** What one requirement came to: the worst of its scenarios, and what was seen in exchanges of others. */
export function reportRequirement(
  family: Family,
  requirement: Requirement,
  results: ReadonlyMap<string, ScenarioResult>,
  all: readonly ScenarioResult[],
  leftOut: string,
  strict: boolean,
  /** Failures that are known and do not gate. */
  accepted: readonly BaselineEntry[],
): RequirementReport {
  const scenarios = requirement.scenarios.map((scenario): ScenarioReport => {
    const id = `${requirement.id}/${scenario.id}`;
    const result = results.get(id);
    if (result === undefined) {
      const nothing = { sent: scenario.title, expected: '', cells: [], durationMs: 0 };
      return { id, title: scenario.title, verdict: 'not-tested', reason: leftOut, ...nothing };
    }
    return {
      id,
      title: scenario.title,
      verdict: result.verdict,
      ...defined({ reason: result.reason }),
      sent: result.sent,
      expected: result.expected,
      ...dueOf(scenario),
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
  const { verdict, reason } = worstOf(reported);
  return {
    id: requirement.id,
    family: family.id,
    title: requirement.sentence,
    level: requirement.level,
    profile: requirement.profile,
    verdict,
    ...defined({ reason }),
    source: requirement.source,
    advice: requirement.advice,
    ...adviceFitsOf(requirement),
    ...(requirement.explainedBy === undefined ? {} : { explainedBy: [...requirement.explainedBy] }),
    scenarios: reported,
  };
}

function worstOf(scenarios: readonly ScenarioReport[]): { verdict: RequirementVerdict; reason?: string } {
  const applicable = scenarios.filter(({ verdict }) => verdict !== 'not-applicable');
  const [first] = scenarios;
  if (applicable.length === 0) return because('not-applicable', first?.reason);
  const tested = applicable.filter(({ verdict }) => verdict !== 'not-tested');
  if (tested.length === 0) return because('not-tested', applicable[0]?.reason);
  const worst = worstFirst.find((name) => tested.some(({ verdict }) => verdict === name)) ?? 'pass';
  const inPart = worst === 'pass' ? testedInPart({ scenarios }) : undefined;
  const why = inPart === undefined ? undefined : inPartInWords(inPart);
  return because(worst, tested.find(({ verdict }) => verdict === worst)?.reason ?? why);
}

function because(verdict: RequirementVerdict, reason: string | undefined) {
  return reason === undefined ? { verdict } : { verdict, reason };
}

/** Findings of a watching requirement in exchanges that other scenarios made, one cell an operation. */
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
        verdict: verdictOf(findings, requirement.level, strict),
        findings,
        exchanges: [...(known?.exchanges ?? []), ...exchanges],
      });
    }
  }
  const [first, ...others] = cells.values();
  if (first === undefined) return undefined;
  return {
    id: `${requirement.id}/elsewhere`,
    title: 'exchanges of other scenarios',
    verdict: others.reduce(worseOf, first).verdict,
    sent: 'what other scenarios sent',
    expected: 'nothing wrong in any exchange of the run',
    cells: [...cells.values()],
    durationMs: 0,
  };
}
