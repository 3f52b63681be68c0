import { defined } from '../../model/defined.ts';
import type { Level, RequirementVerdict } from '../../model/index.ts';
import type { RequirementReport, ScenarioReport } from '../../model/report.ts';
import { elsewhereOf } from '../elsewhere.ts';
import { type Exchanges, pairCells, type ScenarioSide } from './cells.ts';
import type { CellPair, ChangeKind, Consequence, RequirementPair, ScenarioPair } from './model.ts';
import { comparedVerdict, isDecided, regressionOf, severity, worstRegression } from './standing.ts';

/** A requirement with the exchanges of its report. */
export interface RequirementSide {
  readonly requirement: RequirementReport;
  readonly exchanges: Exchanges;
}

/** What is known besides the two sides. */
interface Setting {
  readonly strict: boolean;
  readonly fixFirst: string | undefined;
  /** Both runs tried the same operations of one target: what only the first run has was not tried again. */
  readonly alike: boolean;
  /** Both runs used the same catalogue. */
  readonly sameCatalogue: boolean;
}

/** One requirement on both sides with every scenario and cell, changed or not. Give at least one side. */
export function pairRequirement(
  old: RequirementSide | undefined,
  now: RequirementSide | undefined,
  setting: Setting,
): RequirementPair | undefined {
  const { fixFirst } = setting;
  const shown = now?.requirement ?? old?.requirement;
  if (shown === undefined) return undefined;
  const scenarios = pairScenarios(shown, old, now, setting);
  const change = changeOf(shown, old?.requirement, now?.requirement, scenarios);
  const reason = now?.requirement.reason;
  return {
    id: shown.id,
    title: shown.title,
    level: shown.level,
    change,
    consequence: consequenceOf(shown, old?.requirement, now?.requirement, scenarios, setting),
    ...(old === undefined ? {} : { old: old.requirement.verdict }),
    ...(now === undefined ? {} : { new: now.requirement.verdict }),
    ...defined({ reason, fixFirst }),
    scenarios,
  };
}

/** True if anything about the scenario has changed. */
export function scenarioChanged({ old, new: now, cells }: ScenarioPair): boolean {
  return old !== now || cells.some(cellChanged);
}

export function cellChanged({ old, new: now }: CellPair): boolean {
  return old?.verdict !== now?.verdict;
}

function pairScenarios(
  { level }: RequirementReport,
  old: RequirementSide | undefined,
  now: RequirementSide | undefined,
  setting: Setting,
): ScenarioPair[] {
  const ids = new Set([now, old].flatMap((half) => half?.requirement.scenarios.map(({ id }) => id) ?? []));
  return [...ids].map((id) => {
    const [was, is] = [toldOf(id, old), toldOf(id, now)];
    const cells = pairCells(level, was, is);
    const [before, after] = [was?.scenario.verdict, is?.scenario.verdict];
    const itself = before && after && regressionOf(level, before, after);
    const worse = worstRegression([itself, ...cells.map((cell) => cell.worse)]);
    return {
      id,
      title: is?.scenario.title ?? was?.scenario.title ?? id,
      ...defined({ old: before, new: after, worse }),
      lost: now !== undefined && isScenarioLost(level, was, is, setting),
      cells,
    };
  });
}

/**
 * A scenario of one side. Findings in exchanges of other scenarios are listed only if there are any; otherwise the
 * requirement was kept there.
 */
function toldOf(id: string, half: RequirementSide | undefined): ScenarioSide | undefined {
  if (half === undefined) return undefined;
  const { requirement, exchanges } = half;
  const scenario = requirement.scenarios.find((candidate) => candidate.id === id);
  const elsewhere = id === elsewhereOf(requirement.id);
  const decided = isDecided(comparedVerdict(requirement.verdict, requirement.level));
  if (scenario !== undefined) return { scenario, exchanges, onlyFindings: elsewhere };
  if (!elsewhere) return undefined;
  const kept: ScenarioReport = {
    id,
    title: 'exchanges of other scenarios',
    verdict: decided ? 'pass' : 'inconclusive',
    sent: '',
    expected: '',
    cells: [],
    durationMs: 0,
  };
  return { scenario: kept, exchanges, onlyFindings: decided };
}

function changeOf(
  { level }: RequirementReport,
  old: RequirementReport | undefined,
  now: RequirementReport | undefined,
  scenarios: readonly ScenarioPair[],
): ChangeKind {
  if (old === undefined) return 'new';
  if (now === undefined) return 'gone';
  const [was, is] = [comparedVerdict(old.verdict, level), comparedVerdict(now.verdict, level)];
  if (is === 'open') return isDecided(was) ? 'no-longer-decided' : 'still-undecided';
  if (is === 'inapplicable') return was === 'inapplicable' ? 'unchanged' : 'no-longer-applicable';
  if (severity(is) > severity(was)) {
    if (now.verdict === 'known') return 'newly-known';
    return is === 'failing' ? 'newly-failing' : 'newly-warning';
  }
  if (severity(is) < severity(was)) return 'newly-passing';
  if (is === 'failing') return 'still-failing';
  if (is === 'warned') return 'still-warning';
  if (was !== 'kept') return 'newly-decided';
  return scenarios.some(({ lost }) => lost) ? 'no-longer-decided' : 'unchanged';
}

function consequenceOf(
  { level }: RequirementReport,
  old: RequirementReport | undefined,
  now: RequirementReport | undefined,
  scenarios: readonly ScenarioPair[],
  { strict, sameCatalogue }: Setting,
): Consequence {
  if (old === undefined) return 'none';
  const counts = level === 'MUST' || strict;
  if (now === undefined) return counts && isMissed(level, old.verdict, sameCatalogue) ? 'undecided' : 'none';
  const worse = worstRegression([
    regressionOf(level, old.verdict, now.verdict),
    ...scenarios.map((scenario) => scenario.worse),
  ]);
  if (now.verdict !== 'known' && (worse === 'fails' || (worse === 'warns' && strict))) return 'regression';
  const lost = isLost(level, old.verdict, now.verdict) || scenarios.some((scenario) => scenario.lost);
  return lost && counts ? 'undecided' : 'none';
}

/** True if a scenario shows less in the later run: it is missing, no longer decided, or some of its cells are missing. */
function isScenarioLost(
  level: Level,
  was: ScenarioSide | undefined,
  is: ScenarioSide | undefined,
  { alike, sameCatalogue }: Setting,
): boolean {
  if (was === undefined) return false;
  if (is === undefined) return isMissed(level, was.scenario.verdict, sameCatalogue);
  if (isLost(level, was.scenario.verdict, is.scenario.verdict)) return true;
  const fewer = is.scenario.cells.length < was.scenario.cells.length;
  return alike && fewer && !was.onlyFindings && comparedVerdict(is.scenario.verdict, level) === 'kept';
}

/**
 * A requirement that was kept may not disappear unnoticed; another catalogue may leave out a requirement that failed.
 */
function isMissed(level: Level, old: RequirementVerdict, sameCatalogue: boolean): boolean {
  const was = comparedVerdict(old, level);
  return was === 'kept' || (sameCatalogue && isDecided(was));
}

/** It was decided before and is not now. "Not applicable" is not a decision either. */
function isLost(level: Level, old: RequirementVerdict, now: RequirementVerdict): boolean {
  return isDecided(comparedVerdict(old, level)) && !isDecided(comparedVerdict(now, level));
}
