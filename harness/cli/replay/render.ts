import type { ControlStep } from '../../engine/session/control-values.ts';
import type { ExchangeReport, RequirementReport } from '../../model/report.ts';
import { capitalised, count, excerpt, figure, oneLine, printable } from '../../report/render/text.ts';
import { markOf } from '../../report/render/words.ts';
import { type Sheet, tones, wrapped } from '../../report/render/wrap.ts';
import { answersOf, exchangesOn, type ScenarioSide } from './side.ts';

/** Both sides of one scenario. */
export interface ReplayComparison {
  /** The result in the earlier report, or why there is none to show. */
  readonly before: ScenarioSide | string;
  readonly now: ScenarioSide;
  /** What key control was asked for this time. */
  readonly steps: readonly ControlStep[];
  /** Requests of this run, including controls and warm-up. */
  readonly requests: number;
}

const operationsInFull = 3;
const exchangesShown = 6;
const bodyShown = 2048;
const headerShown = 512;

/** What is about to be repeated. */
export function renderTitle(
  id: string,
  { level, sentence }: { readonly level: RequirementReport['level']; readonly sentence: string },
  target: string,
  { paint, width }: Sheet,
): string {
  return `${paint('bold', id)}\n  ${wrapped(`${level}  ${sentence}`, width, 2)}\n  target    ${oneLine(target)}\n`;
}

/** Both sides of each operation with their exchanges, what key control was asked for, and both verdicts. */
export function renderReplay(replayed: ReplayComparison, sheet: Sheet): string {
  const { now, steps, requests } = replayed;
  const { sent, expected, control } = now.scenario;
  const row = (label: string, value: string): string =>
    `  ${label.padEnd(8)}  ${wrapped(oneLine(value), sheet.width, 12)}`;
  const controls = [control?.before, control?.after].filter((status) => status !== undefined);
  return `${[
    row('sent', sent),
    ...(expected === '' ? [] : [row('expected', expected)]),
    ...(controls.length === 0 ? [] : [row('control', `the unmodified key answered ${controls.join(', ')}`)]),
    row('requests', `${figure(requests)}, with controls and what prepares the key`),
    ...operations(replayed, sheet),
    ...(steps.length === 0 ? [] : ['', 'key control, now:', ...steps.map(stepLine)]),
    '',
    verdictLine('then', replayed.before, sheet),
    verdictLine('now', now, sheet),
  ].join('\n')}\n`;
}

function stepLine({ asked, failure }: ControlStep): string {
  return `  ${oneLine(asked)}: ${failure === undefined ? 'done' : oneLine(failure)}`;
}

/** One line: the verdict, the answers, the number of operations, and the time. */
function verdictLine(label: string, side: ScenarioSide | string, { paint }: Sheet): string {
  const head = paint('bold', label.padEnd(4));
  if (typeof side === 'string') return `${head}  ○ ${oneLine(side)}`;
  const { symbol, word, tone } = markOf(side.verdict);
  return `${head}  ${paint(tones[tone], `${symbol} ${word}`)}: ${side.outcome}; ${side.startedAt}`;
}

/** Operations that fail on at least one side in full; the others in one line each. */
function operations({ before, now }: ReplayComparison, sheet: Sheet): string[] {
  const ids = [...new Set(now.cells.map(({ operation }) => operation))];
  const verdict = (side: ScenarioSide | string, id: string) =>
    typeof side === 'string' ? undefined : side.cells.find((cell) => cell.operation === id)?.verdict;
  const isOpen = (id: string): boolean =>
    [before, now].some((side) => !['pass', undefined].includes(verdict(side, id)));
  const open = ids.filter(isOpen);
  const full = open.length > 0 ? open.slice(0, operationsInFull) : ids.slice(0, 1);
  const others = ids.filter((id) => !full.includes(id));
  const short = (side: ScenarioSide | string, id: string): string =>
    typeof side === 'string' || verdict(side, id) === undefined
      ? 'nothing'
      : `${answersOf(exchangesOn(side, id))} ${markOf(verdict(side, id) ?? 'pass').word}`;
  return [
    ...full.flatMap((id) => [
      '',
      sheet.paint('bold', id),
      ...sideLines('then', before, id),
      ...sideLines('now', now, id),
    ]),
    ...(others.length === 0
      ? []
      : ['', `${count(others.length, 'more operation')}; --operation shows one in full:`]),
    ...others.map((id) => `  ${id}  then ${short(before, id)}, now ${short(now, id)}`),
  ];
}

function sideLines(label: string, side: ScenarioSide | string, operation: string): string[] {
  if (typeof side === 'string') return [`  ${label}: nothing to show; ${oneLine(side)}`];
  const cell = side.cells.find((one) => one.operation === operation);
  if (cell === undefined) return [`  ${label}: it was not sent to this operation`];
  const exchanges = exchangesOn(side, operation);
  const more = exchanges.length - exchangesShown;
  const messages = [...new Set(cell.findings.map(({ message }) => message))];
  const why = cell.reason === undefined ? '' : `: ${oneLine(cell.reason)}`;
  return [
    `  ${label}: ${markOf(cell.verdict).word}${why}`,
    ...messages.map((message) => `    found  ${capitalised(oneLine(message))}`),
    ...exchanges.slice(0, exchangesShown).flatMap(exchangeLines),
    ...(more > 0 ? [`    and ${count(more, 'more exchange')}`] : []),
  ];
}

/** Request and response as they were sent; a placeholder replaces the key and says which one it was. */
function exchangeLines({ request, response, failure, credential }: ExchangeReport): string[] {
  const version = request.version ?? 'HTTP/1.1';
  const lines = (headers: ExchangeReport['request']['headers'], body = ''): string[] => [
    ...headers.map(([name, value]) => excerpt(oneLine(`${name}: ${value}`), headerShown)),
    ...(body === '' ? [] : ['', ...excerpt(printable(body), bodyShown).split('\n')]),
  ];
  const asked = [
    `${request.method} ${oneLine(request.url)} ${version}`,
    ...lines(request.headers, request.body),
  ];
  const answer =
    response === undefined
      ? [`no response: ${oneLine(failure?.message ?? 'nobody knows why')}`]
      : [String(response.status), ...lines(response.headers, response.body)];
  return [
    `    presented: ${oneLine(credential.description)}`,
    ...asked.map((line) => `    > ${line}`.trimEnd()),
    ...answer.map((line) => `    < ${line}`.trimEnd()),
  ];
}
