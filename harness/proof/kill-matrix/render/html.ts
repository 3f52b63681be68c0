import { constant, type Fragment, markup } from '../../../report/render/html/fragment.ts';
import { base } from '../../../report/render/html/style/base.ts';
import type { KillMatrix } from '../matrix.ts';
import type { ServerProof } from '../servers.ts';
import { runInWords } from './run-in-words.ts';
import { style } from './style.ts';

/** `kill-matrix.html`: one self-contained file with the score and the matrix of faults and requirements. */
export function renderKillMatrixHtml(matrix: KillMatrix): string {
  const { wrong } = matrix;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Kill matrix, Mufi auth conformance</title>
<style>${constant(base + style)}</style>
</head>
<body>
<main class="page">
<h1>${wrong.length === 0 ? 'The suite detects what it claims, and nothing else' : `${wrong.length} claims are not proven`}</h1>
<p class="calm">${runInWords(matrix)}</p>
${scoreList(matrix)}
${wrong.length === 0 ? '' : markup`<h2>What is wrong</h2><ul class="wrong">${wrong.map((what) => markup`<li>${what}</li>`)}</ul>`}
<h2>Faults and requirements <small>a row is a fault of the reference server, a column is a requirement, a mark means that the requirement fails</small></h2>
${table(matrix)}
<h2>Conformant servers</h2>
${servers(matrix.conformants)}
<h2>Servers that do not implement Mufi</h2>
${servers(matrix.degenerates)}
</main>
</body>
</html>
`.toString();
}

function scoreList({ score }: KillMatrix): Fragment {
  const figures: readonly (readonly [string, { reached: number; of: number }])[] = [
    ['faults detected by exactly the requirements that claim them', score.faults],
    ['requirements that a fault breaks', score.requirements],
    ['scenarios that detect a fault that they claim', score.scenarios],
    ['scenarios with a fault of their own', score.ownFaults],
    ['faults that depth quick detects', score.quick],
    ['conformant servers that pass', score.conformants],
    ['servers that do not implement Mufi, each with one clear cause or failure', score.degenerates],
    ['runs that detect a cache of 50 ms', score.staleness],
  ];
  return markup`<dl class="score">${figures.map(
    ([what, { reached, of }]) =>
      markup`<div class="${reached === of ? 'good' : 'bad'}"><dd>${reached}<small> of ${of}</small></dd><dt>${what}</dt></div>`,
  )}<div class="${score.falseAlarms === 0 ? 'good' : 'bad'}"><dd>${score.falseAlarms}</dd><dt>false alarms</dt></div></dl>`;
}

function table({ faults, requirements }: KillMatrix): Fragment {
  return markup`<div class="scroll" role="region" tabindex="0" aria-label="Faults and requirements"><table class="kills">
<thead><tr><th scope="col">fault</th>${requirements.map(
    ({ id, kills }) => markup`<th scope="col" class="turned" title="${id}: ${kills}"><span>${id}</span></th>`,
  )}</tr></thead>
<tbody>${faults.map(
    ({
      id,
      breaks,
      seenBy,
      unclaimed,
      missed,
    }) => markup`<tr><th scope="row" title="${breaks}">${id}</th>${requirements.map((requirement) =>
      mark(seenBy, [...unclaimed, ...missed], requirement.id, id),
    )}</tr>
`,
  )}</tbody></table></div>`;
}

function mark(
  seenBy: readonly string[],
  wrong: readonly string[],
  requirement: string,
  fault: string,
): Fragment {
  if (!seenBy.includes(requirement) && !wrong.includes(requirement)) return markup`<td></td>`;
  const tone = wrong.includes(requirement) ? 'bad' : 'good';
  const sign = tone === 'bad' ? (seenBy.includes(requirement) ? '!' : '?') : '●';
  return markup`<td class="${tone}" title="${requirement} on ${fault}">${sign}</td>`;
}

function servers(proofs: readonly ServerProof[]): Fragment {
  return markup`<div class="scroll"><table class="servers"><thead><tr><th scope="col">server</th><th scope="col">what it is</th><th scope="col">verdict</th><th scope="col">cause</th></tr></thead>
<tbody>${proofs.map(
    ({ id, says, verdict, cause, wrong }) =>
      markup`<tr class="${wrong.length === 0 ? 'good' : 'bad'}"><th scope="row">${id}</th><td>${says}</td><td>${verdict}</td><td>${cause ?? ''}</td></tr>
`,
  )}</tbody></table></div>`;
}
