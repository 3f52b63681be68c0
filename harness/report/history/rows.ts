import { defined } from '../../model/defined.ts';
import {
  type DecidedVerdict,
  decidedVerdicts,
  isDecidedVerdict,
  type RequirementVerdict,
} from '../../model/index.ts';
import type { HistoryRow, Night, NightRequirement } from './model.ts';

/** From this many changes on, a requirement is flaky: it broke, was kept again and broke again. */
const flakyFrom = 3;

const deviations: Readonly<Record<DecidedVerdict, number>> = { fail: 2, known: 2, warn: 1, pass: 0 };
const order: readonly (DecidedVerdict | undefined)[] = [...decidedVerdicts, undefined];

/**
 * One row for each requirement of any night; failures and the oldest states first. Takes the nights in order of time.
 */
export function rowsOf(nights: readonly Night[]): HistoryRow[] {
  const latest = new Map<string, NightRequirement>();
  for (const { requirements } of nights.toReversed()) {
    for (const requirement of requirements) {
      if (!latest.has(requirement.id)) latest.set(requirement.id, requirement);
    }
  }
  const byNight = nights.map((night) => new Map(night.requirements.map((one) => [one.id, one])));
  return [...latest.values()]
    .map((shown) =>
      rowOf(
        shown,
        nights,
        byNight.map((those) => those.get(shown.id)?.verdict),
      ),
    )
    .toSorted(
      (one, other) =>
        order.indexOf(one.now) - order.indexOf(other.now) ||
        Date.parse(one.since ?? '') - Date.parse(other.since ?? '') ||
        other.changes - one.changes,
    );
}

function rowOf(
  { id, family, title, level }: NightRequirement,
  nights: readonly Night[],
  given: readonly (RequirementVerdict | undefined)[],
): HistoryRow {
  const verdicts = given.map((verdict, at) =>
    verdict === undefined ? null : nights[at]?.decided === false ? 'inconclusive' : verdict,
  );
  const told = verdicts.flatMap((verdict, at) =>
    verdict !== null && isDecidedVerdict(verdict)
      ? [{ verdict, startedAt: nights[at]?.startedAt ?? '', at }]
      : [],
  );
  const changes = told.filter(
    ({ verdict }, at) => at > 0 && isKept(told[at - 1]?.verdict) !== isKept(verdict),
  ).length;
  const last = told.at(-1);
  const now = last?.verdict;
  return {
    id,
    family,
    title,
    level,
    verdicts,
    ...defined({
      now,
      firstSeen: told.find(({ verdict }) => !isKept(verdict))?.startedAt,
      since: now === undefined ? undefined : sinceOf(told, deviations[now]),
    }),
    changes,
    flaky: changes >= flakyFrom,
    undecidedNights: verdicts.length - 1 - (last?.at ?? -1),
    owners: ownersOf(id, nights),
  };
}

/** The first night of the last streak that is at least this bad; undefined if nothing is bad. */
function sinceOf(
  told: readonly { readonly verdict: DecidedVerdict; readonly startedAt: string }[],
  bad: number,
): string | undefined {
  if (bad === 0) return undefined;
  const better = told.findLastIndex(({ verdict }) => deviations[verdict] < bad);
  return told[better + 1]?.startedAt;
}

function isKept(verdict: DecidedVerdict | undefined): boolean {
  return verdict === 'pass';
}

/** The owners in the last night with a baseline entry for it. */
function ownersOf(id: string, nights: readonly Night[]): HistoryRow['owners'] {
  const [found = []] = nights
    .toReversed()
    .map(({ owners }) => owners.filter(({ requirement }) => requirement === id))
    .filter(({ length }) => length > 0);
  const entries = found.map(({ owner, expires }) => ({ owner, expires }));
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}
