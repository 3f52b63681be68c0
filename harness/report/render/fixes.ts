import type { FindingKind } from '../../model.ts';
import type { BaselineEntryReport, Report, RequirementReport } from '../schema.ts';
import { blockOf, type FailureBlock, findingsOf, hitCells, triedOperations } from './block.ts';
import { causesFirst, rank } from './causes.ts';

/** One requirement that is not kept, with one block for each scenario that shows it. */
export interface Fix {
  readonly requirement: RequirementReport;
  /** The worst kind of finding; absent where the report names none. */
  readonly kind: FindingKind | undefined;
  /** Worst first. */
  readonly blocks: readonly FailureBlock[];
  /** Operations hit, and operations tried by this requirement. */
  readonly hit: readonly string[];
  /** Operations hit on which nothing of this requirement passed. */
  readonly hitThroughout: readonly string[];
  readonly tried: number;
  /** Entries of the baseline that accept some of it. */
  readonly accepted: readonly BaselineEntryReport[];
  /** Id of the failing requirement that is the likelier reason of this failure. */
  readonly consequenceOf?: string | undefined;
}

/** What is to be fixed: causes, then consequences, each worst first. */
export interface Fixes {
  readonly failing: readonly Fix[];
  /** Said of what fails as a whole: that one failure is the reason of others. */
  readonly note: string | undefined;
  readonly warning: readonly Fix[];
  readonly known: readonly Fix[];
}

/** Ranks everything that is not kept: causes of others, MUST before SHOULD, kind of finding, operations hit. */
export function fixesOf(report: Pick<Report, 'requirements' | 'exchanges' | 'baseline'>): Fixes {
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  const ranked = (verdict: RequirementReport['verdict']): readonly Fix[] =>
    report.requirements
      .filter((requirement) => requirement.verdict === verdict)
      .map((requirement) => fixOf(requirement, exchanges, acceptedIn(requirement, report.baseline)))
      .toSorted(worstFirst);
  return { ...causesFirst(ranked('fail')), warning: ranked('warn'), known: ranked('known') };
}

function acceptedIn({ id }: RequirementReport, baseline: Report['baseline']): Fix['accepted'] {
  return baseline?.entries.filter(({ requirement, state }) => requirement === id && state === 'known') ?? [];
}

function fixOf(
  requirement: RequirementReport,
  exchanges: Parameters<typeof blockOf>[2],
  accepted: Fix['accepted'],
): Fix {
  const wanted: readonly string[] = [requirement.verdict];
  const telling = requirement.scenarios.some((scenario) => wanted.includes(scenario.verdict))
    ? wanted
    : ['fail', 'known', 'warn'];
  const shown = requirement.scenarios.filter((scenario) => telling.includes(scenario.verdict));
  const blocks = shown
    .flatMap((scenario) => blockOf(scenario, requirement, exchanges) ?? [])
    .toSorted((one, other) => rank(one.kind) - rank(other.kind) || other.hit.length - one.hit.length);
  const hit = new Set(shown.flatMap((scenario) => hitCells(scenario).map((cell) => cell.operation)));
  const passed = new Set(
    requirement.scenarios.flatMap(({ cells }) =>
      cells.filter(({ verdict }) => verdict === 'pass').map(({ operation }) => operation),
    ),
  );
  const tried = new Set(requirement.scenarios.flatMap(triedOperations));
  const kinds = shown.flatMap((scenario) =>
    hitCells(scenario).flatMap((cell) => findingsOf(cell, requirement.id).map((finding) => finding.kind)),
  );
  return {
    requirement,
    kind: kinds.toSorted((one, other) => rank(one) - rank(other))[0],
    blocks,
    hit: [...hit],
    hitThroughout: [...hit].filter((operation) => !passed.has(operation)),
    tried: tried.size,
    accepted,
  };
}

function worstFirst(one: Fix, other: Fix): number {
  return (
    Number(one.requirement.level === 'SHOULD') - Number(other.requirement.level === 'SHOULD') ||
    rank(one.kind) - rank(other.kind) ||
    other.hit.length - one.hit.length ||
    Number(statedByMufi(other)) - Number(statedByMufi(one)) ||
    Number(isPlain(other)) - Number(isPlain(one)) ||
    other.blocks.length - one.blocks.length
  );
}

/** What Mufi states comes before what follows from an RFC, where all else is equal. */
function statedByMufi({ requirement }: Fix): boolean {
  return requirement.source.document.startsWith('Mufi');
}

/** What an untouched key shows explains what its bypasses show, and not the other way round. */
function isPlain({ requirement }: Fix): boolean {
  return requirement.scenarios.some(({ verdict, sent }) => verdict === 'fail' && /\buntouched\b/.test(sent));
}
