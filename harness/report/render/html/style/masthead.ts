/** The verdict, the facts, the profiles and the ledger of families. */
export const masthead = `
.imprint { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0.25rem 2rem; padding: 1.5rem 0 0; color: var(--soft); font-size: 0.875rem; }
.imprint span { font-weight: 600; color: var(--ink); }
h1.verdict { margin-top: clamp(2rem, 6vw, 4rem); font: 600 clamp(2.5rem, 8.5vw, 5rem)/1 var(--serif); letter-spacing: -0.025em; color: var(--tone); }
h1.verdict .symbol { font-family: var(--sans); font-size: 0.72em; font-weight: 700; vertical-align: 0.06em; }
.reason { margin-top: 1rem; max-width: 46rem; font: 400 clamp(1.125rem, 2.4vw, 1.4375rem)/1.4 var(--serif); text-wrap: pretty; overflow-wrap: anywhere; }
.stopped { margin-top: 0.75rem; color: var(--soft); max-width: 46rem; }
.faults { margin-top: 1.25rem; padding: 0.75rem 1rem; border: 1px solid var(--care); background: var(--care-wash); }
.faults li { overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin-top: 2.25rem; padding: 1rem 0; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.facts dt { font-size: 0.8125rem; color: var(--soft); }
.facts dd { font-weight: 500; }
.facts .address { font-family: var(--mono); font-size: 0.9375rem; overflow-wrap: anywhere; }
.overview { display: grid; grid-template-columns: minmax(15rem, 1fr) minmax(0, 2.6fr); gap: 2rem 3rem; margin-top: 1.75rem; }
.profiles li { padding: 0.4rem 0 0.45rem; border-bottom: 1px solid var(--hair); }
.profiles .name { display: inline-block; min-width: 5.5rem; font-weight: 600; }
.profiles .none .name { font-weight: 400; }
.profiles .why { display: block; line-height: 1.35; overflow-wrap: anywhere; }
.ledger { border-collapse: collapse; width: 100%; font-size: 0.875rem; align-self: start; }
.ledger th { text-align: left; font-weight: 600; padding: 0.4rem 1rem 0.4rem 0; vertical-align: baseline; }
.ledger td { padding: 0.4rem 0; vertical-align: baseline; }
.ledger tbody tr { border-bottom: 1px solid var(--hair); }
.ticks { width: 45%; }
.ticks div { display: flex; flex-wrap: wrap; gap: 3px; }
.tick { display: block; width: 0.9rem; height: 0.9rem; font: 700 0.625rem/0.9rem var(--sans); text-align: center; text-decoration: none; color: var(--tone); background: var(--wash); border-radius: 1px; }
.tick.bad { background: var(--bad); color: var(--on-bad); }
.tick.none { background: none; box-shadow: inset 0 0 0 1px var(--line); color: transparent; }
.tick:hover { outline: 2px solid var(--focus); outline-offset: 1px; }
.amounts { padding-left: 1rem !important; }
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
