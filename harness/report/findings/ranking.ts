import type { FindingKind } from '../../model/index.ts';
import type { BaselineEntryReport, Report, RequirementReport, ScenarioReport } from '../../model/report.ts';
import { isElsewhere } from '../elsewhere.ts';
import { sendsUnmodified } from '../older-reports.ts';
import { defectOf, type Hit, isTextAccepted } from '../render/alike.ts';
import { blockOf, type FailureBlock, findingsOf, hitCells, triedOperations } from './failure.ts';
import { causesFirst, rank } from './root-causes.ts';

/** One requirement that is not kept, with one block for each scenario that shows it. */
export interface Fix {
  readonly requirement: RequirementReport;
  /** The worst kind of finding; absent where the report names none. */
  readonly kind: FindingKind | undefined;
  /** Worst first. */
  readonly blocks: readonly FailureBlock[];
  /** Operations hit, and operations tried by this requirement. */
  readonly hit: readonly string[];
  /** How each operation is hit. */
  readonly hits: ReadonlyMap<string, Hit>;
  /** Operations hit on which nothing of this requirement passed. */
  readonly hitThroughout: readonly string[];
  readonly tried: number;
  /** What to do about the worst of it. */
  readonly advice: string;
  /** Entries of the baseline that accept some of it. */
  readonly accepted: readonly BaselineEntryReport[];
  /** Id of the failing requirement that is the likelier reason of this failure. */
  readonly consequenceOf?: string | undefined;
  /** That one gets the same wrong answer. */
  readonly alike?: true;
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
    .toSorted(
      (one, other) =>
        rank(one.kind) - rank(other.kind) ||
        // What the requirement itself sends shows it more plainly than what others sent.
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

/** Every operation that deviates, with the worst kind and all wrong answers of it. */
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

/** What Mufi states comes before what follows from an RFC, where all else is equal. */
function statedByMufi({ requirement }: Fix): boolean {
  const { link } = requirement.source;
  return URL.canParse(link) && new URL(link).hostname === mufiHost;
}

/** What an unmodified key shows explains what its bypasses show, and not the other way round. */
function isPlain({ requirement }: Fix): boolean {
  return requirement.scenarios.some((scenario) => scenario.verdict === 'fail' && sendsUnmodified(scenario));
}
