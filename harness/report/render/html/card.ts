import { type FailureBlock, replayElsewhere } from '../../findings/failure.ts';
import type { Fix } from '../../findings/ranking.ts';
import { consequenceOf, reachOf } from '../plain.ts';
import { capitalised, count, excerpt, figure } from '../text.ts';
import { kindInWords, shownLevel } from '../words.ts';
import { acceptedLine } from './baseline.ts';
import { type ExchangeBudget, exchangeDetails } from './exchange.ts';
import { anchor, type Fragment, markup } from './fragment.ts';
import { levelMark, sourceLink, verdictMark } from './marks.ts';

const exchangesShown = 3;

/** One requirement that is not kept: its sentence, how to fix it, and the evidence. */
export function cardOf(fix: Fix, position: number, budget: ExchangeBudget): Fragment {
  const { requirement, blocks, kind, accepted } = fix;
  const [first, ...others] = blocks;
  const consequence = consequenceOf(fix);
  const what = kind === undefined ? '' : markup`<strong>${capitalised(kindInWords(kind))}</strong> on `;
  return markup`
<li class="card" id="${anchor('fix', requirement.id)}">
  <p class="tags"><span class="position" aria-hidden="true">${String(position)}</span> ${verdictMark(requirement.verdict)} ${levelMark(shownLevel(requirement))} <code class="id">${requirement.id}</code> ${sourceLink(requirement)}</p>
  <h3>${requirement.title}</h3>
  ${consequence === undefined ? '' : markup`<p class="consequence">${capitalised(consequence)}.</p>`}
  <p class="advice"><span class="label">Fix</span> ${fix.advice}</p>
  <p class="reach">${what}${reachOf(fix)}${blocks.length > 1 ? `, shown by ${count(blocks.length, 'scenario')}` : ''}</p>
  ${accepted.map(acceptedLine)}
  ${requirement.reason === undefined ? '' : markup`<p class="why">${excerpt(requirement.reason, 600)}</p>`}
  ${first === undefined ? '' : blockOf(first, fix.advice, budget)}
  ${others.length === 0 ? '' : otherScenarios(others, fix.advice, budget)}
</li>`;
}

function otherScenarios(
  blocks: readonly FailureBlock[],
  shownAdvice: string,
  budget: ExchangeBudget,
): Fragment {
  return markup`<div class="others"><h4>Also shown by</h4>${blocks.map(
    (block) => markup`
<details class="scenario"><summary><span class="title">${block.title}</span> <span class="outcome">${block.actual}</span> <span class="share">${reachOf(block)}</span></summary>
${blockOf(block, shownAdvice, budget)}</details>`,
  )}</div>`;
}

function blockOf(block: FailureBlock, shownAdvice: string, budget: ExchangeBudget): Fragment {
  const rows: readonly (readonly [string, string | undefined, string?])[] = [
    ['sent', block.sent],
    ['expected', block.expected],
    ['actual', block.actual, 'actual'],
    ...block.messages.map((message) => ['found', message] as const),
    ...block.answerer.map((clause) => ['note', clause] as const),
    ['control', block.control],
    ...(block.advice === shownAdvice ? [] : [['fix', block.advice] as const]),
  ];
  return markup`<div class="evidence">
<p class="scenario-id"><code>${block.scenario}</code></p>
<dl>${rows.map(([label, value, style]) =>
    value === undefined
      ? ''
      : markup`<div class="${style ?? ''}"><dt>${label}</dt><dd>${excerpt(value, 500)}</dd></div>`,
  )}</dl>
${replayOf(block, budget)}
${stepsOf(block)}
${block.exchanges.slice(0, exchangesShown).map((exchange) => exchangeDetails(exchange, budget))}
${further(block)}
</div>`;
}

function replayOf({ replay, exchanges }: FailureBlock, budget: ExchangeBudget): Fragment | string {
  if (replay === undefined) return '';
  if ('elsewhere' in replay) return markup`<p class="elsewhere">${capitalised(replay.elsewhere)}.</p>`;
  const figure = markup`<figure class="replay"><figcaption>replay</figcaption><pre tabindex="0" aria-label="Command that sends it again"><code>${replay.command}</code></pre>${howToMakeKeys(replay.command)}</figure>`;
  const elsewhere = replayElsewhere(exchanges[0]?.id ?? 'unknown');
  return budget.spend(figure) ?? markup`<p class="elsewhere">${capitalised(elsewhere)}.</p>`;
}

/** A procedure, or a key that key control made, takes more than one request. */
function stepsOf({ steps }: FailureBlock): Fragment | string {
  if (steps === undefined) return '';
  return markup`<figure class="replay"><figcaption>all steps</figcaption><pre tabindex="0" aria-label="Command that does all steps again"><code>${steps}</code></pre></figure>`;
}

/** Keys that key control made for the run are already revoked, and nobody has them. */
function howToMakeKeys(command: string): Fragment | string {
  if (!/\b(PREPARED|NEW)_KEY\b/.test(command)) return '';
  return markup`<p class="elsewhere">How to create this key: reports/README.md of the suite, “Keys that a replay line asks for”.</p>`;
}

/** The other operations, grouped by their answers. */
function further(block: FailureBlock): Fragment | string {
  if (block.hit.length < 2) return '';
  const alike =
    block.outcomes.length === 1
      ? 'all with the same answer'
      : `${figure(block.outcomes.length)} different answers`;
  return markup`<details class="operations"><summary>${capitalised(reachOf(block))} affected, ${alike}</summary>
${block.outcomes.map(
  ({ actual, operations }) => markup`<p>${actual}</p>
<ul>${operations.map((operation) => markup`<li><code>${operation}</code></li>`)}</ul>`,
)}</details>`;
}
