import type { ExchangeRecord } from '../../../model/index.ts';
import { duration, excerpt, figure } from '../text.ts';
import { type Fragment, markup } from './fragment.ts';

const bodyShown = 2048;
const headerShown = 512;
const headersShown = 40;

/** Keeps a report short: full exchanges are shown until a budget is spent. */
export class ExchangeBudget {
  #left = 800_000;

  /** Returns the markup if the budget allows it, else nothing. */
  spend(fragment: Fragment): Fragment | undefined {
    if (fragment.length > this.#left) return undefined;
    this.#left -= fragment.length;
    return fragment;
  }
}

/** Request and response as they were sent, folded. */
export function exchangeDetails(exchange: ExchangeRecord, budget: ExchangeBudget): Fragment {
  const shown = budget.spend(unfolded(exchange));
  if (shown !== undefined) return shown;
  return markup`<p class="elsewhere">Exchange <code>${exchange.id}</code> is in report.json.</p>`;
}

function unfolded(exchange: ExchangeRecord): Fragment {
  const { request, response, failure, credential } = exchange;
  const took = duration(exchange.endedMs - exchange.startedMs);
  const answer = response === undefined ? (failure?.kind ?? 'no response') : String(response.status);
  return markup`<details class="exchange"><summary>${request.method} ${pathOf(request.url)} <span aria-hidden="true">→</span> ${answer} <span class="took">${took}</span></summary>
<p class="with">Sent with: ${credential.description}</p>
<div class="wire">
<pre tabindex="0" aria-label="Request">${request.method} ${excerpt(request.url, 2048)}
${headerLines(request.headers)}${bodyLines(request.body)}</pre>
<pre tabindex="0" aria-label="Response">${
    response === undefined
      ? `no response\n${failure?.message ?? ''}`
      : markup`${String(response.status)}
${headerLines(response.headers)}${bodyLines(response.body, response.bodyCut ? response.bodyBytes : undefined)}`
  }</pre>
</div></details>`;
}

function pathOf(url: string): string {
  return excerpt(url.replace(/^[a-z]+:\/\/[^/]*/i, '') || '/', 160);
}

function headerLines(headers: ExchangeRecord['request']['headers']): Fragment[] {
  const lines = headers
    .slice(0, headersShown)
    .map(([name, value]) => markup`<b>${excerpt(name, headerShown)}:</b> ${excerpt(value, headerShown)}\n`);
  const more = headers.length - headersShown;
  return more > 0 ? [...lines, markup`(${figure(more)} more headers in report.json)\n`] : lines;
}

function bodyLines(body: string | undefined, bytes?: number): Fragment | string {
  if (body === undefined || body === '') return '';
  const note = bytes === undefined ? '' : `\n(cut; ${figure(bytes)} bytes were received)`;
  return markup`\n<span class="body">${excerpt(body, bodyShown)}</span>${note}`;
}
