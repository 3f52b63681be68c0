import { anchor, type Fragment, markup } from '../../render/html/fragment.ts';
import { levelMark } from '../../render/html/marks.ts';
import { count, dateInWords, figure } from '../../render/text.ts';
import { markOf } from '../../render/words.ts';
import type { History, HistoryNight, HistoryRow } from '../model.ts';
import { markOfStrip, notableRows, ownersInWords, stateOf } from './words.ts';

/** Requirements that were not kept at least once, one strip each; what fails now comes first. */
export function stripSection(history: History): Fragment {
  const rows = notableRows(history);
  return markup`
<section id="strips" aria-labelledby="strips-title">
  <h2 id="strips-title">What broke <small>one mark a night, the latest on the right</small></h2>
  ${
    rows.length === 0
      ? markup`<p class="calm">Every requirement was kept in every night that could decide it.</p>`
      : rows.map((row) => rowOf(row, history.nights))
  }
</section>`;
}

/** Requirements that were always kept, folded by family. */
export function keptSection(history: History): Fragment {
  const kept = history.requirements.filter(({ firstSeen }) => firstSeen === undefined);
  const families = [...new Set(kept.map(({ family }) => family))];
  if (kept.length === 0) return markup``;
  return markup`
<section id="kept" aria-labelledby="kept-title">
  <h2 id="kept-title">Nothing found <small>${count(kept.length, 'requirement')} without a failure in any night</small></h2>
  ${families.map((family) => {
    const rows = kept.filter((row) => row.family === family);
    return markup`<details class="shelf"><summary><h3>${family} <small>${count(rows.length, 'requirement')}</small></h3></summary>
  ${rows.map((row) => markup`<div class="kept"><p><code>${row.id}</code> ${row.title}</p>${stripOf(row, history.nights)}</div>`)}</details>`;
  })}
</section>`;
}

function rowOf(row: HistoryRow, nights: readonly HistoryNight[]): Fragment {
  const { symbol, tone } = markOf(row.now ?? 'inconclusive');
  const owners = ownersInWords(row);
  const facts: readonly (readonly [string, string] | undefined)[] = [
    ['first seen', dateInWords(row.firstSeen ?? '')],
    row.since === undefined ? undefined : [sinceLabel(row), dateInWords(row.since)],
    row.changes === 0 ? undefined : ['changed', `${count(row.changes, 'time')}${row.flaky ? ', flaky' : ''}`],
    owners === '' ? undefined : ['owner', owners],
  ];
  return markup`
<article class="row" id="${anchor('about', row.id)}">
  <p class="tags"><span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span>${stateOf(row)}</span> ${levelMark(row.level)} <code class="id">${row.id}</code></p>
  <h3>${row.title}</h3>
  ${stripOf(row, nights)}
  <p class="spans">${facts.map((fact) => (fact === undefined ? '' : markup`<span>${fact[0]} <strong>${fact[1]}</strong></span> `))}</p>
</article>`;
}

function sinceLabel({ now }: HistoryRow): string {
  return now === 'fail' ? 'failing since' : now === 'known' ? 'failing (known) since' : 'warning since';
}

/** Symbols for sighted readers, one sentence for screen readers. */
function stripOf({ verdicts }: HistoryRow, nights: readonly HistoryNight[]): Fragment {
  const marks = verdicts.map(markOfStrip);
  const words = [...new Set(marks.map(({ word }) => word))].map(
    (word) => `${word} ${figure(marks.filter((mark) => mark.word === word).length)}`,
  );
  const said = `${count(verdicts.length, 'night')}: ${words.join(', ')}; the last: ${marks.at(-1)?.word}`;
  return markup`<div class="strip" role="img" aria-label="${said}">${marks.map(
    ({ symbol, word, tone }, at) =>
      markup`<span class="tick ${tone}" title="${dateInWords(nights[at]?.startedAt ?? '')}: ${word}">${symbol}</span>`,
  )}</div>`;
}
