/** What was undecided, what was not tested, the catalogue and the run. */
export const lists = `
.gap, .shelf { border-bottom: 1px solid var(--line); }
.gap > summary, .shelf > summary { list-style: none; padding: 0.65rem 0; }
.gap > summary { display: grid; grid-template-columns: 1.25rem minmax(0, 1fr) auto; gap: 0.1rem 0.5rem; align-items: baseline; }
.gap .cause { overflow-wrap: anywhere; max-width: 48rem; }
.gap .unlock { display: block; color: var(--soft); }
.gap .variables { grid-column: 2; }
.gap .variables code { background: var(--well); padding: 0.05rem 0.35rem; border-radius: 2px; margin-right: 0.35rem; }
.gap .symbol { font-weight: 700; text-align: center; }
summary::-webkit-details-marker { color: var(--soft); }
.names { padding: 0 0 1rem 1.75rem; font-size: 0.9375rem; }
.names li { padding: 0.15rem 0; }
.shelf > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; }
.shelf > summary::before { flex: none; }
.shelf > summary h3 { display: inline; }
.shelf .sums { margin-left: auto; font-size: 0.9375rem; }
.entry { padding: 0.9rem 0 0.9rem 1rem; border-top: 1px solid var(--hair); }
.entry:target { background: var(--care-wash); }
.entry h4 { font: 600 1rem/1.4 var(--sans); margin-top: 0.3rem; max-width: 48rem; }
.scenarios { margin-top: 0.4rem; font-size: 0.9063rem; }
.scenarios li { padding: 0.08rem 0; }
.scenarios .why { display: block; padding-left: 1.75rem; }
.columns { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); gap: 2rem 3.5rem; }
.columns h3 { margin-bottom: 0.5rem; }
.columns h3 ~ h3 { margin-top: 2rem; }
.plain { border-collapse: collapse; width: 100%; font-size: 0.875rem; }
.plain th { text-align: left; font-weight: 500; color: var(--soft); padding: 0.2rem 1rem 0.3rem 0; }
.plain td { padding: 0.3rem 1rem 0.3rem 0; border-top: 1px solid var(--hair); vertical-align: baseline; }
#baseline td:last-child { white-space: nowrap; }
.pairs > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); gap: 0 1rem; padding: 0.25rem 0; border-top: 1px solid var(--hair); font-size: 0.875rem; }
.pairs dt { color: var(--soft); overflow-wrap: anywhere; }
.pairs dd { overflow-wrap: anywhere; }
@media (max-width: 52rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) {
  .gap > summary { grid-template-columns: 1.25rem minmax(0, 1fr); }
  .gap .share { grid-column: 2; }
}
`;
