import {
  answerName,
  because,
  type CellResult,
  type Reason,
  type Repeats,
  type ScenarioResult,
  stands,
  summarise,
} from '../model/index.ts';

/** Fewer answers that do not repeat are named where they came; from so many on they have one cause. */
const fewest = 5;
/** The same as a share of all requests. */
const rare = 0.001;
/** With this share of all requests, an answer may come three times in a row by chance. */
const byChance = 0.01;
const answersNamed = 2;

type Finding = CellResult['findings'][number];

/** Results in which nothing counts that chance explains, and the one cause if answers often did not repeat. */
export interface WithoutNoise {
  readonly results: readonly ScenarioResult[];
  readonly because?: Reason;
}

/**
 * Judges what the whole run shows of answers that did not repeat. If they are not rare, the cells that doubt them have
 * one cause; what was answered like them is no finding either, even if it came three times.
 */
export function withoutNoise(results: readonly ScenarioResult[]): WithoutNoise {
  const total = sum(results.flatMap(({ repeats }) => repeats ?? []));
  const requests = results.reduce((all, one) => all + one.requests, 0);
  const events = Object.values(total.answers).reduce((all, one) => all + one, 0);
  if (events < fewest || events < rare * requests || total.differently === 0) return { results };
  const cause = describe(total);
  const chance = Object.entries(total.answers).flatMap(([answer, times]) =>
    times < byChance * requests ? [] : [answer],
  );
  // Scenarios that only watch share exchanges, so that an answer may be in the result of another one.
  const answers = new Map(
    results.flatMap(({ exchanges }) =>
      exchanges.map(({ id, response }) => [id, response === undefined ? '' : answerName(response)] as const),
    ),
  );
  const isChance = (finding: Finding, compared: readonly string[]): boolean =>
    !stands(finding) &&
    [finding.exchange ?? '', ...compared]
      .map((id) => answers.get(id) ?? '')
      .some((answer) => chance.some((one) => isAlike(one, answer)));
  return { results: results.map((result) => excused(result, cause, isChance)), because: cause };
}

function describe({ requests, differently, answers, unmodified }: Repeats): Reason {
  const sorted = Object.entries(answers).toSorted(([, one], [, other]) => other - one);
  const most = sorted[0]?.[1] ?? 0;
  const named = sorted
    .filter(([, times]) => times >= most / 4)
    .slice(0, answersNamed)
    .map(([answer]) => answer);
  return because('answers-vary', { requests, differently, answers: named, unmodified });
}

function sum(all: readonly Repeats[]): Repeats {
  const answers: Record<string, number> = {};
  for (const one of all) {
    for (const [answer, times] of Object.entries(one.answers))
      answers[answer] = (answers[answer] ?? 0) + times;
  }
  return {
    requests: all.reduce((count, { requests }) => count + requests, 0),
    differently: all.reduce((count, { differently }) => count + differently, 0),
    answers,
    unmodified: all.some(({ unmodified }) => unmodified),
  };
}

function excused(
  result: ScenarioResult,
  cause: Reason,
  isChance: (finding: Finding, compared: readonly string[]) => boolean,
): ScenarioResult {
  const cells = result.cells.map((cell): CellResult => {
    const findings = cell.findings.filter((finding) => {
      // A comparison is about every answer that it compares.
      return !isChance(finding, finding.kind === 'inconsistent' ? cell.exchanges : []);
    });
    if (findings.length === cell.findings.length && cell.unrepeated !== true) return cell;
    if (findings.length > 0) return { ...cell, findings };
    const { reason: _reason, ...rest } = cell;
    return { ...rest, verdict: 'inconclusive', because: cause, findings };
  });
  const observed = result.observed.filter((finding) => !isChance(finding, []));
  if (cells.every((cell, index) => cell === result.cells[index])) return { ...result, observed };
  const { reason: _reason, because: _because, ...rest } = result;
  return { ...rest, ...summarise(cells), cells, observed };
}

/** Without a body, as to HEAD, an answer has no type. */
function isAlike(one: string, other: string): boolean {
  const [[status, type], [otherStatus, otherType]] = [one.split(' '), other.split(' ')];
  return status === otherStatus && (type === otherType || type === undefined || otherType === undefined);
}
