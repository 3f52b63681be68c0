/** What to fix: one card per requirement with its evidence. */
export const cards = `
.card { position: relative; padding: 1.75rem 0 2rem 3.5rem; border-bottom: 1px solid var(--line); }
.card:first-child { padding-top: 0.5rem; }
.card:target { background: linear-gradient(90deg, var(--care-wash), transparent 40rem); }
.position { position: absolute; left: 0; font: 300 2.25rem/1 var(--sans); letter-spacing: -0.04em; color: var(--bad); }
.calmer .position { color: var(--soft); font-size: 1.5rem; }
.id { font-weight: 600; }
.card h3 { font: 600 1.3125rem/1.35 var(--sans); letter-spacing: -0.01em; margin-top: 0.5rem; max-width: 46rem; text-wrap: pretty; }
.consequence { margin-top: 0.6rem; max-width: 46rem; font-weight: 600; }
.advice { margin-top: 0.6rem; max-width: 46rem; }
.accepted { margin-top: 0.35rem; max-width: 46rem; }
.label { font-weight: 700; margin-right: 0.35em; }
.reach { margin-top: 0.35rem; color: var(--soft); font-size: 0.9375rem; }
.reach strong { color: var(--bad); }
.calmer .reach strong { color: var(--care); }
.why { overflow-wrap: anywhere; }
.evidence { margin-top: 1rem; padding: 0.9rem 1.1rem 1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 3px; }
.scenario-id { color: var(--soft); margin-bottom: 0.5rem; }
.evidence dl > div { display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0 0.75rem; padding: 0.12rem 0; }
.evidence dt, .replay figcaption { color: var(--soft); font-size: 0.875rem; }
.evidence dd { font-family: var(--mono); font-size: 0.8438rem; line-height: 1.6; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: isolate; }
.actual dd { color: var(--bad); font-weight: 700; }
.calmer .actual dd { color: var(--care); }
.replay { position: relative; display: grid; grid-template-columns: 5.5rem minmax(0, 1fr); gap: 0 0.75rem; margin-top: 0.5rem; }
.replay pre { padding: 0.6rem 4.5rem 0.6rem 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
pre { background: var(--well); border-radius: 2px; line-height: 1.55; unicode-bidi: plaintext; }
.replay figcaption { padding-top: 0.6rem; }
.replay > .elsewhere { grid-column: -2; }
button { font: 500 0.8125rem/1 var(--sans); color: var(--ink); background: var(--sheet); border: 1px solid var(--line); border-radius: 3px; padding: 0.4rem 0.6rem; cursor: pointer; }
button:hover { border-color: var(--soft); }
.replay button { position: absolute; right: 0.45rem; top: 0.45rem; }
.evidence details { margin-top: 0.6rem; }
.evidence summary { font-size: 0.875rem; color: var(--soft); overflow-wrap: anywhere; }
.evidence summary:hover { color: var(--ink); }
.wire { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem; margin-top: 0.5rem; }
.wire pre { padding: 0.6rem 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow: auto; }
.wire b { font-weight: 600; color: var(--soft); }
.with, .elsewhere { margin-top: 0.4rem; font-size: 0.875rem; color: var(--soft); }
.operations ul { columns: 2 18rem; margin: 0.3rem 0 0.6rem; }
.operations p { margin-top: 0.4rem; font-family: var(--mono); font-size: 0.8125rem; }
.others { margin-top: 1rem; }
.others h4 { font: 600 0.875rem/1.4 var(--sans); color: var(--soft); margin-bottom: 0.15rem; }
.scenario { border-bottom: 1px solid var(--hair); }
.scenario > summary { display: grid; grid-template-columns: 1rem minmax(0, 1.4fr) minmax(0, 1fr) auto; gap: 0 0.75rem; padding: 0.45rem 0; font-size: 0.9375rem; align-items: baseline; }
.scenario > summary::before, .shelf > summary::before { content: '▸'; color: var(--soft); width: 1rem; }
.scenario[open] > summary::before, .shelf[open] > summary::before { content: '▾'; }
.scenario > summary .outcome { font-family: var(--mono); font-size: 0.8125rem; color: var(--bad); overflow-wrap: anywhere; }
.calmer .scenario > summary .outcome { color: var(--care); }
.scenario > .evidence { margin: 0.25rem 0 1rem; }
.group { margin-top: 2.5rem; }
.group > summary h3 { display: inline; font: 600 1.25rem/1.4 var(--sans); }
.group > .calm, #fix > .calm { margin: 0.25rem 0 1rem; }
@media (max-width: 52rem) {
  .card { padding-left: 0; }
  .position, .calmer .position { position: static; font: inherit; font-weight: 700; letter-spacing: 0; }
  .wire { grid-template-columns: minmax(0, 1fr); }
  .scenario > summary { grid-template-columns: 1rem minmax(0, 1fr) auto; }
  .scenario > summary .outcome { grid-column: 2 / -1; grid-row: 2; }
}
@media (max-width: 34rem) {
  .evidence { padding: 0.7rem 0.75rem; }
  .evidence dl > div, .replay { grid-template-columns: minmax(0, 1fr); padding-bottom: 0.35rem; }
}
`;
