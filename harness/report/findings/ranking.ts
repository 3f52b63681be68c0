import type { FindingKind } from '../../model/index.ts';
import type { BaselineEntryReport, Report, RequirementReport, ScenarioReport } from '../../model/report.ts';
import { isElsewhere } from '../elsewhere.ts';
import { sendsUnmodified } from '../older-reports.ts';
import { defectOf, type Hit, isTextAccepted } from '../render/alike.ts';
import { blockOf, type FailureBlock, findingsOf, hitCells, triedOperations } from './failure.ts';
import { causesFirst, rank } from './root-causes.ts';

/** One requirement that is not kept, with a block for each scenario that shows it. */
export interface Fix {
  readonly requirement: RequirementReport;
  /** The worst kind of finding; undefined if the report names none. */
  readonly kind: FindingKind | undefined;
  /** Worst first. */
  readonly blocks: readonly FailureBlock[];
  /** Affected operations, and operations that this requirement tried. */
  readonly hit: readonly string[];
  /** How each operation is affected. */
  readonly hits: ReadonlyMap<string, Hit>;
  /** Affected operations on which nothing of this requirement passed. */
  readonly hitThroughout: readonly string[];
  readonly tried: number;
  /** What to do about the worst finding. */
  readonly advice: string;
  /** Entries of the baseline that accept some of the failures. */
  readonly accepted: readonly BaselineEntryReport[];
  /** Id of the failing requirement that is the likelier cause of this failure. */
  readonly consequenceOf?: string | undefined;
  /** The cause gets the same wrong answer. */
  readonly alike?: true;
}

/** What to fix: causes, then consequences, each with the worst first. */
export interface Fixes {
  readonly failing: readonly Fix[];
  /** A note about the failures as a whole: one of them causes others. */
  readonly note: string | undefined;
  readonly warning: readonly Fix[];
  readonly known: readonly Fix[];
}

/**
 * Ranks everything that is not kept: causes first, then MUST before SHOULD, then by kind of finding and affected
 * operations.
 */
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
    .toSorted(
      (one, other) =>
        rank(one.kind) - rank(other.kind) ||
        // A request of the requirement itself is clearer evidence than one of another scenario.
        Number(isElsewhere(one.scenario)) - Number(isElsewhere(other.scenario)) ||
        other.hit.length - one.hit.length,
    );
  const hits = hitsOf(requirement.id, shown, exchanges);
  const hit = [...hits.keys()];
  const passed = new Set(
    requirement.scenarios.flatMap(({ cells }) =>
      cells.filter(({ verdict }) => verdict === 'pass').map(({ operation }) => operation),
    ),
  );
  const tried = new Set(requirement.scenarios.flatMap(triedOperations));
  const kinds = [...hits.values()].map(({ worst }) => worst);
  return {
    requirement,
    kind: kinds.toSorted((one, other) => rank(one) - rank(other))[0],
    blocks,
    hit,
    hits,
    hitThroughout: hit.filter((operation) => !passed.has(operation)),
    tried: tried.size,
    advice: blocks[0]?.advice ?? requirement.advice,
    accepted,
  };
}

/** Every operation that deviates, with its worst kind of finding and all its wrong answers. */
function hitsOf(
  requirement: string,
  scenarios: readonly ScenarioReport[],
  exchanges: Parameters<typeof blockOf>[2],
): ReadonlyMap<string, Hit> {
  const hits = new Map<string, Hit>();
  for (const scenario of scenarios) {
    for (const cell of hitCells(scenario)) {
      const findings = findingsOf(cell, requirement);
      const known = hits.get(cell.operation);
      const worst = [known?.worst, findings[0]?.kind].toSorted((one, other) => rank(one) - rank(other))[0];
      const shown = findings.map(
        (finding) => [finding, exchanges.get(finding.exchange ?? cell.exchanges[0] ?? '')] as const,
      );
      const answers = shown.map(([finding, exchange]) => defectOf(finding, exchange, scenario));
      hits.set(cell.operation, {
        worst,
        answers: [...(known?.answers ?? []), ...answers],
        textAccepted:
          known?.textAccepted !== false && shown.length > 0 && shown.every((one) => isTextAccepted(...one)),
      });
    }
  }
  return hits;
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

/** Where Mufi documents its API. */
const mufiHost = 'docs.mufi.app';

/** If all else is equal, what Mufi states comes before what follows from an RFC. */
function statedByMufi({ requirement }: Fix): boolean {
  const { link } = requirement.source;
  return URL.canParse(link) && new URL(link).hostname === mufiHost;
}

/** A failure with an unmodified key explains the failures of its bypasses, but not the other way round. */
function isPlain({ requirement }: Fix): boolean {
  return requirement.scenarios.some((scenario) => scenario.verdict === 'fail' && sendsUnmodified(scenario));
}
