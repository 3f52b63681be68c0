import {
  type AnswerKind,
  answerKind,
  answerNamed,
  because,
  type CellResult,
  isJsonAnswer,
  isSuccess,
  type Reason,
  type Repeats,
  type ScenarioResult,
  stands,
  summarise,
} from '../model/index.ts';

/** Fewer unrepeatable answers than this are named one by one; from this number on they get a single cause. */
const fewest = 5;
/** The same limit as a share of all requests. */
const rare = 0.001;
/**
 * At this share of all requests, an answer may come three times in a row by chance. If an attempt sends many requests, it
 * may come in each of three at a smaller share. That holds only for what is not JSON: an answer in the API's own form
 * may be what a finding is about.
 */
const byChance = 0.01;
const answersNamed = 2;

/** How often what is doubted is tried. */
const attempts = 3;

type Finding = CellResult['findings'][number];
/** Whether chance explains a finding of a cell, or one that was observed in its exchanges. */
type IsChance = (finding: Finding, cell: CellResult | undefined) => boolean;

/** Results without the findings that chance explains, and the single cause if answers often did not repeat. */
export interface WithoutNoise {
  readonly results: readonly ScenarioResult[];
  readonly because?: Reason;
}

/**
 * Judges the answers of the whole run that did not repeat. If they are not rare, all cells that they make doubtful have
 * one cause, and an equal answer is not a finding, even if it came three times. The same holds for the answer with
 * which a control was rejected: if it sometimes rejects the unmodified key, it does not judge a credential.
 */
export function withoutNoise(results: readonly ScenarioResult[]): WithoutNoise {
  const total = sum(results.flatMap(({ repeats }) => repeats ?? []));
  const requests = results.reduce((all, one) => all + one.requests, 0);
  const events = Object.values(total.answers).reduce((all, one) => all + one, 0);
  const isRare = events < fewest || events < rare * requests || total.differently === 0;
  const refused = refusedControls(results);
  const cause = isRare ? refused[0] : describe(total);
  if (cause === undefined) return { results };
  const refusing = refused.flatMap(({ parameters }) => parameters.answer ?? []);
  /** Answers that chance explains if an attempt sends so many requests. */
  const chanceIn = (attempt: number): AnswerKind[] => {
    const often = Object.entries(total.answers).flatMap(([answer, times]) =>
      isRare || times * attempt < byChance * requests ? [] : [answer],
    );
    return [...often, ...refusing].flatMap((name) => answerNamed(name) ?? []);
  };
  // Scenarios that only observe share exchanges, so an answer may be in the result of another scenario.
  const answers = new Map(
    results.flatMap(({ exchanges }) =>
      exchanges.map(({ id, response }) => [id, response && answerKind(response)] as const),
    ),
  );
  const isChance: IsChance = (finding, cell) => {
    if (stands(finding)) return false;
    const attempt = Math.max(1, (cell?.exchanges.length ?? 0) / attempts);
    // A comparison depends on every answer that it compares.
    const compared = finding.kind === 'inconsistent' ? (cell?.exchanges ?? []) : [];
    return [finding.exchange ?? '', ...compared]
      .flatMap((id) => answers.get(id) ?? [])
      .some((answer) => chanceIn(isJsonAnswer(answer) ? 1 : attempt).some((one) => isAlike(one, answer)));
  };
  const explained = isRare ? undefined : cause;
  return {
    results: results.map((result) => excused(result, { cause, explained }, isChance)),
    because: cause,
  };
}

type RefusedControl = Extract<Reason, { code: 'control-refused' }>;

/**
 * Why some controls did not count although others did; only for answers that are not JSON. Empty if all controls were
 * rejected, because then something has happened to the key.
 */
function refusedControls(results: readonly ScenarioResult[]): RefusedControl[] {
  if (!results.some(({ control }) => isSuccess(control?.before) && isSuccess(control?.after))) return [];
  return results.flatMap(({ because: reason }) => {
    const first = reason?.code === 'stopped-early' ? reason.parameters.because : reason;
    if (first?.code !== 'control-refused') return [];
    const { answer } = first.parameters;
    return answer === undefined || isJsonAnswer(answerNamed(answer)) ? [] : [first];
  });
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
  /** `explained`: the cause of the answers that did not repeat. */
  { cause, explained }: { readonly cause: Reason; readonly explained: Reason | undefined },
  isChance: IsChance,
): ScenarioResult {
  const cells = result.cells.map((cell): CellResult => {
    const findings = cell.findings.filter((finding) => !isChance(finding, cell));
    const isSame = findings.length === cell.findings.length;
    if (isSame && (cell.unrepeated !== true || explained === undefined)) return cell;
    if (findings.length > 0) return { ...cell, findings };
    const { reason: _reason, ...rest } = cell;
    return { ...rest, verdict: 'inconclusive', because: cause, findings };
  });
  // A step of a procedure may go to an operation that has no cell of its own.
  const [longest] = result.cells.toSorted((one, other) => other.exchanges.length - one.exchanges.length);
  const cellOn = (name: string) => result.cells.find(({ operation }) => operation === name) ?? longest;
  const observed = result.observed.filter((finding) => !isChance(finding, cellOn(finding.operation)));
  if (cells.every((cell, index) => cell === result.cells[index])) return { ...result, observed };
  const { reason: _reason, because: _because, ...rest } = result;
  return { ...rest, ...summarise(cells), cells, observed };
}

/** An answer without a type is like all answers with its status. */
function isAlike(one: AnswerKind, other: AnswerKind): boolean {
  const isSameType = one.type === other.type || one.type === undefined || other.type === undefined;
  return one.status === other.status && isSameType;
}
