import { consequenceOf } from '../../render/plain.ts';
import { count, oneLine } from '../../render/text.ts';
import { type AnyVerdict, type Mark, markOf } from '../../render/words.ts';
import type { CellSide, Comparison, RequirementPair, ScenarioPair } from '../model.ts';
import { sectionTitles } from './titles.ts';

/** What both texts show, in words and in order; each text decides only the layout. */
export interface Section {
  readonly title: string;
  readonly tone: Mark['tone'];
  readonly symbol: string;
  readonly entries: readonly Entry[];
}

/** One requirement, or several that share one reason. */
export interface Entry {
  readonly level: string;
  readonly id: string;
  readonly text: string;
  /** "pass → fail". */
  readonly change: string;
  /** Notes below the entry. */
  readonly notes: readonly string[];
  readonly scenarios: readonly EntryScenario[];
  /** Scenarios that are not shown. */
  readonly more: number;
}

export interface EntryScenario {
  readonly id: string;
  readonly title: string;
  /** "401 → 200, 201 on POST /v1/events/create and 16 more operations". */
  readonly outcome: string | undefined;
}

const scenariosShown = 3;
/** If more requirements than this share a reason, they are shown as one entry with one cause. */
const listedSingly = 3;

/** The sections of a comparison that have something to show. */
export function sectionsOf(comparison: Comparison): Section[] {
  return sectionTitles(comparison).flatMap(({ title, look, holds }): Section[] => {
    const pairs = comparison.requirements.filter(holds);
    if (pairs.length === 0) return [];
    const { tone, symbol } = markOf(look);
    return [{ title: `${title} (${pairs.length})`, tone, symbol, entries: entriesOf(pairs) }];
  });
}

/** Cells with the same verdict and other answers: the answers, and where. */
export function answersInWords({
  answers,
}: Comparison): readonly (readonly [answers: string, where: string])[] {
  return answers.map(({ old, new: now, cells }) => {
    const operations = some(
      cells.map(({ operation }) => operation),
      'more operation',
    );
    const requirements = some(
      cells.map(({ requirement }) => requirement),
      'more requirement',
    );
    return [`${old.join(', ')} → ${now.join(', ')}`, `${operations}, in ${requirements}`] as const;
  });
}

function entriesOf(pairs: readonly RequirementPair[]): Entry[] {
  const groups = new Map<string, RequirementPair[]>();
  for (const pair of pairs) {
    const shared = pair.change === 'no-longer-decided' ? pair.reason : undefined;
    const key = shared === undefined ? pair.id : `for the reason: ${shared}`;
    groups.set(key, [...(groups.get(key) ?? []), pair]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length <= listedSingly ? group.map(entryOf) : [entryOfMany(group)],
  );
}

/** Many requirements with one reason become one entry, not two hundred rows. */
function entryOfMany(group: readonly RequirementPair[]): Entry {
  const changes = new Set(group.map((pair) => changeOf(pair)));
  return {
    level: group.some(({ level }) => level === 'MUST') ? 'MUST' : 'SHOULD',
    id: count(group.length, 'requirement'),
    text: oneLine(group[0]?.reason ?? ''),
    change: [...changes].join(', '),
    notes: [group.map(({ id }) => id).join(', ')],
    scenarios: [],
    more: 0,
  };
}

function entryOf(pair: RequirementPair): Entry {
  const change = changeOf(pair);
  const told = pair.scenarios.filter((scenario) => scenario.worse !== undefined || scenario.lost);
  const shown = told.slice(0, scenariosShown);
  return {
    level: pair.level,
    id: pair.id,
    text: oneLine(pair.title),
    change,
    notes: notesOf(pair),
    scenarios: shown.map((scenario) => scenarioOf(pair, scenario)),
    more: told.length - shown.length,
  };
}

function notesOf({ reason, unexcused, fixFirst }: RequirementPair): string[] {
  return [reason, unexcused, consequenceOf({ consequenceOf: fixFirst })].flatMap((note) =>
    note === undefined ? [] : [oneLine(note)],
  );
}

function scenarioOf({ id }: RequirementPair, scenario: ScenarioPair): EntryScenario {
  return {
    id: scenario.id.startsWith(`${id}/`) ? scenario.id.slice(id.length + 1) : scenario.id,
    title: oneLine(scenario.title),
    outcome: outcomeOf(scenario),
  };
}

/** The answers on the operations that deviate more; also the findings if the answers alone do not show them. */
function outcomeOf({ cells, old, new: now }: ScenarioPair): string | undefined {
  const worse = cells.filter((cell) => cell.worse !== undefined);
  if (worse.length === 0) return old === now ? undefined : changeOf({ old, new: now });
  const answers = (side: 'old' | 'new'): string =>
    [...new Set(worse.flatMap((cell) => cell[side]?.answers ?? []))].sort().join(', ');
  const [before, after] = [answers('old'), answers('new')];
  const where = some(
    worse.map(({ operation }) => operation),
    'more operation',
  );
  const said = before === after || before === '' ? messageOf(worse[0]?.new) : undefined;
  const seen = before === '' || before === after ? after : `${before} → ${after}`;
  const notes = new Set(worse.flatMap((cell) => cell.new?.notes ?? []));
  const outcome = [`${seen} on ${where}`, ...(said === undefined ? [] : [said])].join(': ');
  return [outcome, ...[...notes].map(oneLine)].join('; ');
}

function messageOf(side: CellSide | undefined): string | undefined {
  const [message] = side?.messages ?? [];
  return message === undefined ? undefined : oneLine(message);
}

/** "a and 3 more things". */
function some(all: readonly string[], noun: string): string {
  const [first = '', ...more] = new Set(all);
  return more.length === 0 ? first : `${first} and ${count(more.length, noun)}`;
}

function changeOf(pair: {
  readonly old?: AnyVerdict | undefined;
  readonly new?: AnyVerdict | undefined;
}): string {
  const words = [pair.old, pair.new].map((verdict) =>
    verdict === undefined ? 'absent' : markOf(verdict).word,
  );
  return [...new Set(words)].join(' → ');
}
