/** The styles of the history page in addition to those of a report. */
export const historyStyle = `
.row { padding: 0.9rem 0 1rem; border-bottom: 1px solid var(--line); break-inside: avoid; }
.row h3 { margin-top: 0.3rem; max-width: 48rem; overflow-wrap: anywhere; }
.strip { display: flex; flex-wrap: wrap; gap: 3px; margin: 0.6rem 0 0.35rem; }
.strip .tick.none { color: var(--soft); }
.strip .tick.open { background: none; box-shadow: inset 0 0 0 1px var(--open); }
.spans { display: flex; flex-wrap: wrap; gap: 0.1rem 1.5rem; font-size: 0.875rem; color: var(--soft); overflow-wrap: anywhere; }
.spans strong { color: var(--ink); font-weight: 600; }
.kept { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: 0.35rem 0; border-top: 1px solid var(--hair); font-size: 0.9063rem; }
.kept p { overflow-wrap: anywhere; }
.kept .strip { margin: 0; justify-content: flex-end; }
.night { display: grid; grid-template-columns: 13rem 9rem minmax(0, 1fr); gap: 0.1rem 1rem; padding: 0.6rem 0; border-bottom: 1px solid var(--hair); break-inside: avoid; }
.night p, .left-out { overflow-wrap: anywhere; }
.night .less { color: var(--care); font-weight: 600; }
.night .figures { color: var(--soft); font-size: 0.875rem; grid-column: 3; }
.night time { font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14.5rem, 100%), 1fr)); gap: 1.75rem 2.5rem; }
.charts figure { break-inside: avoid; }
.charts figcaption { display: flex; justify-content: space-between; gap: 1rem; font-weight: 600; font-size: 0.9375rem; }
.charts figcaption span { color: var(--soft); font-weight: 400; }
.charts svg { display: block; width: 100%; height: auto; margin-top: 0.4rem; background: var(--well); }
.charts polyline { fill: none; stroke: var(--known); stroke-width: 1.5; }
.charts circle { fill: var(--known); }
.charts circle.last { fill: var(--ink); }
.charts line { stroke: var(--open); stroke-width: 1; stroke-dasharray: 2 3; }
.charts text { font: 400 10px var(--sans); fill: var(--soft); }
.charts text.far { text-anchor: end; }
@media (max-width: 52rem) {
  .night, .kept { grid-template-columns: minmax(0, 1fr); }
  .night .figures { grid-column: 1; }
  .kept .strip { justify-content: flex-start; }
}
`;
