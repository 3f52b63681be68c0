import { type FindingKind, findingKinds, spokenCommand } from '../../model/index.ts';
import type { CellReport, ExchangeReport, RequirementReport, ScenarioReport } from '../../model/report.ts';
import { adviceOf } from '../render/advice.ts';
import { answererOf } from '../render/answerer.ts';
import { count, excerpt } from '../render/text.ts';
import { kindInWords } from '../render/words.ts';

type FindingRecord = CellReport['findings'][number];

/** The failure block as data: the most telling cell of one scenario, and a summary of the others. */
export interface FailureBlock {
  readonly scenario: string;
  readonly title: string;
  readonly kind: FindingKind | undefined;
  readonly sent: string;
  readonly expected: string;
  readonly actual: string;
  /** The messages of the findings, each once. */
  readonly messages: readonly string[];
  /** Who seems to have answered, if not the API alone. */
  readonly answerer: readonly string[];
  readonly control: string | undefined;
  /** What to do about it, as a sentence. */
  readonly advice: string;
  /** The command, or where to find it if it is too long to show. */
  readonly replay: { readonly command: string } | { readonly elsewhere: string } | undefined;
  /** The command that repeats all steps, if one request is not enough. */
  readonly steps: string | undefined;
  readonly operation: string;
  readonly exchanges: readonly ExchangeReport[];
  readonly hit: readonly string[];
  readonly tried: number;
  /** The affected cells, grouped by answer; the largest group comes first. */
  readonly outcomes: readonly AnswerGroup[];
}

/** Operations with the same answer. */
export interface AnswerGroup {
  readonly actual: string;
  readonly operations: readonly string[];
}

const messagesShown = 5;
/** A longer command is not shown: a command that is cut does not run. */
const longestReplay = 4000;

type Exchanges = ReadonlyMap<string, ExchangeReport>;

/** The cells of a scenario that deviate most: failures, else known failures, else warnings. */
export function hitCells(scenario: ScenarioReport): readonly CellReport[] {
  const cellsThat = (verdict: string): readonly CellReport[] =>
    scenario.cells.filter((cell) => cell.verdict === verdict);
  return [cellsThat('fail'), cellsThat('known')].find(({ length }) => length > 0) ?? cellsThat('warn');
}

/** The operations that the scenario sent requests to. */
export function triedOperations(scenario: ScenarioReport): readonly string[] {
  return scenario.cells
    .filter(({ verdict }) => verdict !== 'not-applicable' && verdict !== 'not-tested')
    .map(({ operation }) => operation);
}

/** Findings of a cell that count against a requirement; the worst comes first. */
export function findingsOf(cell: CellReport, requirement: string): readonly FindingRecord[] {
  return cell.findings
    .filter((finding) => finding.requirement === requirement)
    .toSorted((one, other) => findingKinds.indexOf(one.kind) - findingKinds.indexOf(other.kind));
}

/** The block of a scenario; undefined if no cell deviates. */
export function blockOf(
  scenario: ScenarioReport,
  requirement: RequirementReport,
  exchanges: Exchanges,
): FailureBlock | undefined {
  const cells = hitCells(scenario);
  const cell = mostTelling(cells, requirement.id);
  if (cell === undefined) return undefined;
  const findings = findingsOf(cell, requirement.id);
  const shown = exchangesOf(cell, findings, exchanges);
  const [telling] = shown;
  return {
    scenario: scenario.id,
    title: scenario.title,
    kind: findings[0]?.kind,
    sent: `${requestLine(cell, telling)}, ${scenario.sent}`,
    expected: scenario.expected,
    actual: actualOf(telling, findings, cell),
    messages: messagesOf(findings, telling),
    answerer: telling === undefined ? [] : answererOf(telling),
    control: controlOf(scenario),
    advice: adviceOf({ requirement, kind: findings[0]?.kind, due: scenario.due, exchange: telling }),
    replay: telling && replayOf(telling),
    steps: scenario.procedure === true ? spokenCommand('replay', scenario.id) : undefined,
    operation: cell.operation,
    exchanges: shown,
    hit: [...new Set(cells.map((hit) => hit.operation))],
    tried: new Set(triedOperations(scenario)).size,
    outcomes: outcomesOf(cells, requirement.id, exchanges),
  };
}

function mostTelling(cells: readonly CellReport[], requirement: string): CellReport | undefined {
  const rank = (cell: CellReport): number => {
    const [finding] = findingsOf(cell, requirement);
    if (finding === undefined) return findingKinds.length * 2;
    return findingKinds.indexOf(finding.kind) * 2 + (cell.exchanges.length > 0 ? 0 : 1);
  };
  return cells.toSorted((one, other) => rank(one) - rank(other))[0];
}

function exchangesOf(
  cell: CellReport,
  findings: readonly FindingRecord[],
  exchanges: Exchanges,
): readonly ExchangeReport[] {
  const named = findings.flatMap((finding) => finding.exchange ?? []);
  const ids = new Set([...named, ...cell.exchanges]);
  return [...ids].flatMap((id) => exchanges.get(id) ?? []);
}

function actualOf(
  exchange: ExchangeReport | undefined,
  findings: readonly FindingRecord[],
  cell: CellReport,
): string {
  const kinds = [...new Set(findings.map((finding) => kindInWords(finding.kind)))];
  const words = kinds.length > 0 ? kinds : [cell.reason ?? 'deviates'];
  return [answerOf(exchange), ...words].filter((part) => part !== undefined).join(', ');
}

/** "201 application/json", or why there was no answer. */
function answerOf(exchange: ExchangeReport | undefined): string | undefined {
  if (exchange?.response === undefined) {
    return (
      exchange?.failure && `no response (${exchange.failure.kind}: ${excerpt(exchange.failure.message, 300)})`
    );
  }
  const { status, headers, body } = exchange.response;
  const type = headers
    .find(([name]) => name.toLowerCase() === 'content-type')?.[1]
    .split(';')[0]
    ?.trim();
  return type === undefined || body === '' ? `${status}` : `${status} ${excerpt(type, 100)}`;
}

function replayOf({ id, replay }: ExchangeReport): FailureBlock['replay'] {
  return replay.length <= longestReplay ? { command: replay } : { elsewhere: replayElsewhere(id) };
}

/** Where to find a command that is not shown. */
export function replayElsewhere(exchange: string): string {
  return `the command is in report.json, exchange ${exchange}`;
}

/** What the findings add to the answer itself; a message that only repeats the answer is left out. */
function messagesOf(
  findings: readonly FindingRecord[],
  exchange: ExchangeReport | undefined,
): readonly string[] {
  const answer = answerOf(exchange);
  const more = findings.filter(({ tells }) => tells === undefined || tells !== answer);
  const telling = [...new Set(more.map(({ message }) => message))];
  const rest = telling.length - messagesShown;
  return rest > 0 ? [...telling.slice(0, messagesShown), `and ${count(rest, 'further finding')}`] : telling;
}

/** The operation; if the scenario changed the method or the path, what was really sent. */
function requestLine(cell: CellReport, exchange: ExchangeReport | undefined): string {
  if (exchange === undefined || exchange.operation !== undefined) return cell.operation;
  const { method, url } = exchange.request;
  return `${method} ${url.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/'}`;
}

function controlOf({ control, cells }: ScenarioReport): string | undefined {
  if (control === undefined) return undefined;
  const answers = [
    control.before === undefined ? undefined : `${control.before} before`,
    control.after === undefined ? undefined : `${control.after} after`,
  ].filter((part) => part !== undefined);
  if (answers.length === 0) return undefined;
  const elsewhere = cells.some((cell) => cell.operation === control.operation)
    ? ''
    : ` on ${control.operation}`;
  return `the unmodified write key got ${answers.join(' and ')}${elsewhere}`;
}

function outcomesOf(
  cells: readonly CellReport[],
  requirement: string,
  exchanges: Exchanges,
): readonly AnswerGroup[] {
  const groups = new Map<string, string[]>();
  for (const cell of cells) {
    const findings = findingsOf(cell, requirement);
    const actual = actualOf(exchangesOf(cell, findings, exchanges)[0], findings, cell);
    groups.set(actual, [...(groups.get(actual) ?? []), cell.operation]);
  }
  return [...groups]
    .map(([actual, operations]) => ({ actual, operations: [...new Set(operations)] }))
    .toSorted((one, other) => other.operations.length - one.operations.length);
}
