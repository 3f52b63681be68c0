/** The verdict, the facts, the profiles and the ledger of families. */
export const masthead = `
.masthead { background: var(--band); color: #fff; --focus: #fff; }
.masthead .page { padding-bottom: 1.5rem; }
.imprint { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 2rem; padding-top: 1.25rem; font-size: 0.9375rem; }
.imprint span { font-weight: 600; }
h1.verdict { display: flex; gap: 0.28em; align-items: baseline; margin-top: clamp(1.75rem, 5vw, 3.25rem); font: 700 clamp(2rem, 8vw, 4.75rem)/1 var(--sans); letter-spacing: -0.035em; }
h1.verdict .symbol { color: inherit; font-size: 0.82em; letter-spacing: 0; }
.reason { margin-top: 1.1rem; max-width: 46rem; font-size: clamp(1.125rem, 2.2vw, 1.375rem); line-height: 1.4; text-wrap: pretty; overflow-wrap: anywhere; }
.stopped { margin-top: 0.6rem; max-width: 46rem; }
.faults { margin-top: 1.25rem; padding: 0.75rem 1rem; border: 2px solid #fff; }
.faults li { overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.75rem; margin-top: 2.25rem; padding-top: 1rem; border-top: 1px solid rgb(255 255 255 / 0.4); }
.facts dt { font-size: 0.8125rem; }
.facts > div { min-width: 0; max-width: 100%; }
.facts dd { font-weight: 600; overflow-wrap: anywhere; }
.masthead a { color: inherit; font-size: inherit; text-decoration-color: currentColor; }
.masthead .source { color: inherit; font-size: inherit; }
.facts .address { font-family: var(--mono); font-size: 0.9375rem; overflow-wrap: anywhere; }
.overview { display: grid; grid-template-columns: minmax(15rem, 1fr) minmax(0, 2fr); gap: 2rem 3.5rem; margin-top: 2rem; }
.profiles li { padding: 0.4rem 0 0.45rem; border-bottom: 1px solid var(--hair); }
.profiles .name { display: inline-block; min-width: 5.5rem; font-weight: 600; }
.profiles .none .name { font-weight: 400; }
.profiles .why { display: block; line-height: 1.35; overflow-wrap: anywhere; }
.worst-label { margin-top: 1.5rem; }
.worst { font-size: 0.9375rem; }
.worst .sentence { display: block; color: var(--soft); font-size: 0.875rem; line-height: 1.35; }
.worst li { padding: 0.2rem 0; overflow-wrap: anywhere; }
.worst .bad { color: var(--bad); margin-left: 0.35em; white-space: nowrap; }
.ledger { border-collapse: collapse; width: 100%; font-size: 0.9375rem; align-self: start; }
.ledger th { width: 8rem; }
.ledger th { text-align: left; font-weight: 600; padding: 0.4rem 1rem 0.4rem 0; vertical-align: baseline; }
.ledger td { padding: 0.4rem 0; vertical-align: baseline; }
.ledger tbody tr { border-bottom: 1px solid var(--hair); }
.ticks div { display: flex; flex-wrap: wrap; gap: 3px; padding-top: 0.1rem; }
.tick { display: block; width: 1.125rem; height: 1.125rem; font: 700 0.75rem/1.125rem var(--sans); text-align: center; text-decoration: none; color: var(--tone); background: var(--wash); border-radius: 2px; }
.tick.bad { background: var(--bad); color: var(--on-bad); }
.tick.none { background: none; box-shadow: inset 0 0 0 1px var(--line); color: transparent; }
.tick:hover { outline: 2px solid var(--focus); outline-offset: 1px; }
.amounts { width: 19rem; padding-left: 1.5rem !important; }
.amount { white-space: nowrap; margin-right: 0.6em; color: var(--tone); }
.amount.bad { font-weight: 700; }
.amount.good, .amount.none { color: var(--soft); }
.contents { margin-top: 2.5rem; }
.contents ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.75rem; font-size: 0.9375rem; }
.contents a { display: inline-block; padding: 0.25rem 0; font-weight: 500; }
@media (max-width: 52rem) {
  .overview { grid-template-columns: minmax(0, 1fr); }
  .facts .wide { flex-basis: 100%; }
}
@media (max-width: 34rem) {
  .page { padding: 0 1rem 3rem; }
  .ledger tr { display: grid; grid-template-columns: 1fr; padding: 0.4rem 0; }
  .ledger th, .ledger td { padding: 0.1rem 0 !important; width: auto; }
}
`;
