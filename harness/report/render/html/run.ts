import type { Report } from '../../../model/report.ts';
import { count, duration, excerpt } from '../text.ts';
import { type Fragment, markup } from './fragment.ts';

type Availability = Report['target']['operations'][number]['availability'];

const availabilities: Readonly<Record<Availability, readonly [symbol: string, tone: string, word: string]>> =
  {
    available: ['✓', 'good', 'available'],
    absent: ['–', 'none', 'absent'],
    'shut-out': ['✕', 'bad', 'denied access'],
    broken: ['✕', 'bad', 'broken'],
    unknown: ['?', 'open', 'unknown'],
  };

/** The target, the settings and the suite: what is needed to repeat the run. */
export function runSection(report: Report): Fragment {
  return markup`
<section id="run" aria-labelledby="run-title">
  <h2 id="run-title">This run</h2>
  <div class="columns">
  ${report.target.operations.every(({ availability }) => availability === 'unknown') ? '' : markup`<div><h3>Target</h3>${operationTable(report)}</div>`}
  <div><h3>Settings</h3>${settings(report)}<h3>Suite</h3>${suite(report)}</div>
  </div>
</section>`;
}

function operationTable({ target }: Report): Fragment {
  return markup`<div class="scroll" role="region" aria-label="Operations of the target" tabindex="0"><table class="plain"><thead><tr><th scope="col">Operation</th><th scope="col">Permission</th><th scope="col">Found</th></tr></thead>
<tbody>${target.operations.map(({ id, permission, availability, note }) => {
    const [symbol, tone, word] = availabilities[availability];
    return markup`<tr><td><code>${id}</code></td><td>${permission}</td><td><span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span>${note === undefined ? '' : markup` <span class="why">${excerpt(note, 300)}</span>`}</td></tr>`;
  })}</tbody></table></div>`;
}

function settings({ options, configuration }: Report): Fragment {
  const rows: readonly (readonly [string, string])[] = [
    ['profiles', options.profiles.join(', ')],
    ['depth', options.depth],
    ['mode', options.mode],
    ['strict', options.strict ? 'yes' : 'no'],
    ...(options.selection === undefined ? [] : [['selection', options.selection] as const]),
    ...configuration.map(({ name, value }) => [name, value] as const),
  ];
  return pairs(rows);
}

function suite({ suite, target, runId, startedAt, durationMs, counts }: Report): Fragment {
  return pairs([
    ['suite', `${suite.name} ${suite.version}`],
    ['catalogue digest', suite.catalogueDigest],
    ...(target.algorithm === undefined
      ? []
      : [['signature algorithm of the keys', target.algorithm] as const]),
    ['run', runId],
    ['started', startedAt],
    ['duration', `${duration(durationMs)} for ${count(counts.requests, 'request')}`],
  ]);
}

function pairs(rows: readonly (readonly [string, string])[]): Fragment {
  return markup`<dl class="pairs">${rows.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
