/** Requirements by operations. */
export const matrix = `
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; font-size: 0.875rem; }
.legend .mark { font-weight: 500; }
.filter { display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; align-items: end; margin: 1rem 0; padding: 0.9rem 1rem; background: var(--well); border-radius: 3px; font-size: 0.875rem; }
.filter[hidden] { display: none; }
.filter > label { display: grid; gap: 0.2rem; color: var(--soft); }
.filter input[type=search], .filter select { font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--soft); border-radius: 3px; padding: 0 0.5rem; height: 2.25rem; min-width: 13rem; }
.filter fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; min-height: 2.25rem; align-items: center; }
.filter legend { color: var(--soft); padding: 0; margin-bottom: 0.35rem; }
.choice { display: inline-flex; gap: 0.35em; align-items: center; }
.choice span { color: var(--tone); font-weight: 700; }
.filter output { margin-left: auto; color: var(--soft); }
.scroll:focus-visible { outline-offset: 4px; }
.matrix { border-collapse: separate; border-spacing: 0; margin-top: 1rem; font-size: 0.8438rem; width: 100%; }
.matrix thead th { position: sticky; top: 0; z-index: 2; background: var(--paper); text-align: left; font-weight: 600; vertical-align: bottom; padding: 0.25rem 0.5rem 0.4rem 0; }
.matrix thead tr:nth-child(2) th { top: 1.75rem; border-bottom: 1px solid var(--ink); }
.matrix .corner, .matrix thead .overall { border-bottom: 1px solid var(--ink); }
.matrix .group { height: 1.75rem; padding: 0.3rem 0 0 0.6rem; border-left: 1px solid var(--line); color: var(--soft); }
.matrix .operation { padding: 0.4rem 0; font: 500 0.6875rem/1 var(--mono); }
.matrix .operation span { display: block; margin: 0 auto; writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; max-height: 17rem; overflow: hidden; text-overflow: ellipsis; }
.matrix tbody th { position: sticky; left: 0; z-index: 1; background: var(--paper); text-align: left; font-weight: 400; padding: 0 0.75rem 0 0; white-space: nowrap; }
.matrix .corner { left: 0; z-index: 3 !important; }
.matrix tbody th a { display: inline-block; padding: 0.2rem 0; text-decoration: none; }
.matrix tbody th a:hover { text-decoration: underline; }
.matrix .should { color: var(--soft); font-size: 0.6875rem; letter-spacing: 0.05em; }
.matrix .family th { padding: 1.1rem 0 0.3rem; font-weight: 700; font-size: 0.9375rem; }
@media (min-width: 72rem) { .matrix .overall { width: 9rem; } }
.matrix td.overall { white-space: nowrap; padding-right: 0.75rem; color: var(--tone); font-weight: 600; }
.matrix td.overall b { display: inline-block; min-width: 1.1em; text-align: center; }
.matrix td.overall.good, .matrix td.overall.none { font-weight: 400; }
.matrix td.overall.none { color: var(--soft); }
.matrix .c { position: relative; width: 2.125rem; min-width: 1.75rem; height: 1.65rem; padding: 1px; text-align: center; color: var(--soft); }
.matrix .c b { display: block; line-height: 1.5rem; border-radius: 2px; font-weight: 700; color: var(--tone, var(--soft)); background: var(--wash, none); }
.matrix .c.bad b { background: var(--bad); color: var(--on-bad); }
.matrix .c.none b { background: none; }
.matrix .c i { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.matrix .first { border-left: 1px solid var(--line); }
.matrix .whole { color: var(--soft); padding-left: 0.6rem; border-left: 1px solid var(--line); }
.matrix tr[data-place]:hover th, .matrix tr[data-place]:hover td { background: var(--well); }
.matrix [tabindex]:focus-visible { outline-offset: -1px; }
.js .matrix .c, .js .matrix .whole, .js .matrix td.overall { cursor: pointer; }
.matrix .aim { background: var(--well) !important; color: var(--ink); }
.readout { position: sticky; bottom: 0; z-index: 3; padding: 0.5rem 0.75rem; margin-top: 0.5rem; background: var(--ink); color: var(--paper); font-size: 0.875rem; overflow-wrap: anywhere; border-radius: 3px 3px 0 0; }
.readout[hidden] { display: none; }
.scroll.wide { overflow: auto; max-height: 90vh; }
@media (max-width: 72rem) {
  .scroll { overflow: auto; max-height: 85vh; }
}
@media (max-width: 34rem) {
  .matrix tbody th { max-width: 11rem; overflow: hidden; text-overflow: ellipsis; }
  .filter > label, .filter input[type=search], .filter select { width: 100%; }
}
`;
