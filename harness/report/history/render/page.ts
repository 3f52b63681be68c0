import { type Fragment, markup } from '../../render/html/fragment.ts';
import { headOf } from '../../render/html/head.ts';
import { styles as reportStyles } from '../../render/html/styles.ts';
import { count, dateInWords, duration, excerpt, figure, printableDeep, sentence } from '../../render/text.ts';
import type { History, HistoryNight } from '../model.ts';
import { chartSection } from './charts.ts';
import { keptSection, stripSection } from './strips.ts';
import { historyStyle } from './style.ts';
import { headlineOf, markOfHistory, markOfNight } from './words.ts';

const styles = reportStyles + historyStyle;

/** `history.html`: one file that needs neither network nor script. */
export function renderPage(untrusted: History): string {
  const history = printableDeep(untrusted);
  const headline = headlineOf(history);
  const title = `${headline}: ${history.target}, Mufi auth history`;
  return markup`<!doctype html>
<html lang="en">
${headOf({ title, tone: markOfHistory(history).tone, styles })}
<body>
<a class="skip" href="#main">Skip to what matters</a>
${masthead(history, headline)}
<div class="page">
<main id="main" tabindex="-1">
${stripSection(history)}
${nightSection(history)}
${chartSection(history.nights)}
${keptSection(history)}
${leftOutSection(history)}
</main>
<footer><p>Keys are never part of a report.</p></footer>
</div>
</body>
</html>
`.toString();
}

function masthead(history: History, headline: string): Fragment {
  const { nights, target, summary } = history;
  const { symbol, tone } = markOfHistory(history);
  const [first, last] = [nights[0]?.startedAt ?? '', nights.at(-1)?.startedAt ?? ''];
  const undecided = nights.filter(({ decided }) => !decided).length;
  return markup`
<header class="masthead ${tone}"><div class="page">
  <p class="imprint"><span>Mufi auth history</span> <time datetime="${last}">${dateInWords(last)}</time></p>
  <h1 class="verdict"><span class="symbol" aria-hidden="true">${symbol}</span><span>${headline}</span></h1>
  <p class="reason">${sentence(excerpt(summary, 800))}</p>
  <dl class="facts">
  <div class="wide"><dt>Target</dt><dd class="address">${target}</dd></div>
  <div><dt>Nights</dt><dd>${figure(nights.length)}${undecided === 0 ? '' : `, ${figure(undecided)} undecided`}</dd></div>
  <div><dt>From</dt><dd>${dateInWords(first)}</dd></div>
  <div><dt>To</dt><dd>${dateInWords(last)}</dd></div>
  </dl>
</div></header>`;
}

function nightSection({ nights }: History): Fragment {
  return markup`
<section id="nights" aria-labelledby="nights-title">
  <h2 id="nights-title">Nights <small>the latest first</small></h2>
  <ol>${nights.toReversed().map(nightOf)}</ol>
</section>`;
}

function nightOf(night: HistoryNight): Fragment {
  const { startedAt, reason, less, counts, durationMs, failing, decided, requestsPerSecond } = night;
  const { symbol, word, tone } = markOfNight(night);
  const figures = [
    decided ? `${count(failing, 'requirement')} failing` : 'a gap: nothing could be decided',
    count(counts.cells, 'cell'),
    `${count(counts.requests, 'request')} in ${duration(durationMs)}`,
    `${figure(requestsPerSecond)} a second`,
  ];
  return markup`
<li class="night"><time datetime="${startedAt}">${dateInWords(startedAt)}</time> <span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span>
  <div><p>${sentence(excerpt(reason, 400))}</p>${less.map((what) => markup`<p class="less">Tested less: ${excerpt(what, 400)}</p>`)}</div>
  <p class="figures">${figures.join(', ')}</p></li>`;
}

function leftOutSection({ leftOut }: History): Fragment {
  if (leftOut.length === 0) return markup``;
  return markup`
<section id="left-out" aria-labelledby="left-out-title">
  <h2 id="left-out-title">Left out <small>${count(leftOut.length, 'file')}</small></h2>
  <ul>${leftOut.map(({ file, why }) => markup`<li class="left-out"><code>${file}</code> ${sentence(excerpt(why, 400))}</li>`)}</ul>
</section>`;
}
