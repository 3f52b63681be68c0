import type { BaselineEntry, Family, RequirementVerdict } from '../model/index.ts';
import type { BaselineEntryReport, CellReport, Report, RequirementReport } from '../model/report.ts';
import type { RunHeader } from '../model/run-header.ts';
import { deviates, isExpired } from './baseline.ts';
import { elsewhereOf } from './elsewhere.ts';

/** What the run says about each entry; entries that gate come first. Undefined if there is no baseline. */
export function judgeBaseline(
  requirements: readonly RequirementReport[],
  catalogue: readonly Family[],
  header: RunHeader,
  leftOut: string | undefined,
): Report['baseline'] {
  if (header.baseline === undefined) return undefined;
  // What is seen in exchanges of other scenarios is complete only if all of them ran.
  const watching = new Set(
    catalogue
      .flatMap((family) => family.requirements)
      .filter(({ observe }) => observe !== undefined)
      .map(({ id }) => id),
  );
  const seesAll = ({ requirement, scenario }: BaselineEntry): boolean =>
    watching.has(requirement) && (scenario === undefined || scenario === elsewhereOf(requirement));
  const entries = header.baseline.entries.map((entry): BaselineEntryReport => {
    const requirement = requirements.find(({ id }) => id === entry.requirement);
    const cells = requirement === undefined ? [] : cellsOf(entry, requirement).filter(deviates);
    const open =
      requirement === undefined
        ? 'this suite does not have this requirement'
        : (whyOpen(entry, requirement, header, seesAll(entry) ? leftOut : undefined) ??
          whyUntried(entry, requirement, header, seesAll(entry)));
    return { ...entry, ...stateOf(entry, cells.length, open, header.startedAt), cells: cells.length };
  });
  const gating = entries.filter(gates);
  return { file: header.baseline.file, entries: [...gating, ...entries.filter((entry) => !gates(entry))] };
}

/** Stale and expired entries gate: somebody has to change the file. */
export function gates({ state }: BaselineEntryReport): boolean {
  return state === 'stale' || state === 'expired';
}

function stateOf(
  entry: BaselineEntry,
  deviating: number,
  open: string | undefined,
  startedAt: number,
): Pick<BaselineEntryReport, 'state' | 'why'> {
  const expired = isExpired(entry, startedAt);
  if (deviating > 0) {
    return expired
      ? { state: 'expired', why: 'its last day has passed and it still fails: fix it, or agree on a new day' }
      : { state: 'known', why: 'it fails, as the entry says' };
  }
  if (open !== undefined) return { state: 'not-judged', why: open };
  return expired
    ? { state: 'expired', why: 'its last day has passed and nothing fails any more: remove the entry' }
    : { state: 'stale', why: 'nothing that it lists fails any more: remove the entry' };
}

/**
 * Why an entry covers nothing that this run tried: it does not apply to the target, or nothing was tested. Undefined if
 * something was tried.
 */
function whyUntried(
  { scenario, operation }: BaselineEntry,
  requirement: RequirementReport,
  { target }: RunHeader,
  seesAll: boolean,
): string | undefined {
  const scenarios = requirement.scenarios.filter(({ id }) => id === (scenario ?? id));
  const tried = scenarios.some(({ verdict, cells }) => {
    const own = cells.filter((cell) => cell.operation === (operation ?? cell.operation));
    if (own.length === 0) return operation === undefined && verdict !== 'not-applicable';
    return own.some((cell) => cell.verdict !== 'not-applicable');
  });
  const there = target.operations.find(({ id }) => id === operation)?.availability !== 'absent';
  if (tried || (seesAll && there && requirement.verdict !== 'not-applicable')) return undefined;
  const inapplicable = scenarios.find(({ verdict }) => verdict === 'not-applicable');
  const untold = operation === undefined ? 'it does not apply' : `${operation} was not tested`;
  return inapplicable?.reason ?? untold;
}

/** Why this run cannot say that nothing fails there; undefined if it can. */
function whyOpen(
  entry: BaselineEntry,
  requirement: RequirementReport,
  { cause, options }: RunHeader,
  leftOut: string | undefined,
): string | undefined {
  if (cause !== undefined) return cause;
  const scenarios = requirement.scenarios.filter(({ id }) => id === (entry.scenario ?? id));
  for (const { id, verdict, reason, cells } of scenarios) {
    const own = cells.filter(({ operation }) => operation === (entry.operation ?? operation));
    const open = own.find((cell) => isOpen(cell.verdict));
    if (open !== undefined) return open.reason ?? reason ?? `${id} could not be decided`;
    if (own.length === 0 && isOpen(verdict)) return reason ?? `${id} is ${verdict}`;
    if (own.length > 0 && entry.scenario !== undefined && entry.operation !== undefined) return undefined;
  }
  if (options.depth === 'quick') return '--depth quick does not test every operation';
  if (options.mode !== 'full') return `--mode ${options.mode} does not test every operation`;
  return leftOut;
}

function cellsOf(entry: BaselineEntry, { scenarios }: RequirementReport): readonly CellReport[] {
  return scenarios
    .filter(({ id }) => id === (entry.scenario ?? id))
    .flatMap(({ cells }) => cells.filter(({ operation }) => operation === (entry.operation ?? operation)));
}

function isOpen(verdict: RequirementVerdict): boolean {
  return verdict === 'inconclusive' || verdict === 'not-tested';
}
