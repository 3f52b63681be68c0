/** The style of the kill matrix, in addition to the style of reports. */
export const style = `
h1 { font: 700 2rem/1.2 var(--sans); letter-spacing: -0.02em; margin: 3rem 0 0.5rem; }
.page { max-width: none; }
.score { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 1.5rem; }
.score div { background: var(--wash); border-radius: 4px; padding: 0.75rem 1rem; }
.score dd { font: 700 1.75rem/1 var(--sans); color: var(--tone); }
.score small { font: 400 0.875rem var(--sans); color: var(--soft); }
.score dt { font-size: 0.875rem; margin-top: 0.3rem; }
.wrong li { color: var(--bad); margin: 0.4rem 0; }
.scroll { overflow: auto; max-height: 90vh; border: 1px solid var(--line); }
table { border-collapse: collapse; font-size: 0.75rem; }
th, td { border-bottom: 1px solid var(--hair); text-align: left; font-weight: 400; vertical-align: top; }
.kills th[scope=row] { position: sticky; left: 0; background: var(--paper); font-family: var(--mono); padding: 0 0.75rem 0 0.4rem; white-space: nowrap; }
.kills thead th { position: sticky; top: 0; background: var(--paper); z-index: 1; vertical-align: bottom; padding: 0.4rem; }
.kills thead th:first-child { left: 0; z-index: 2; }
.turned { height: 19rem; padding: 0 !important; }
.turned span { writing-mode: vertical-rl; transform: rotate(180deg); font-family: var(--mono); white-space: nowrap; padding: 0.4rem 0; }
.kills td { min-width: 1.25rem; text-align: center; border-left: 1px solid var(--hair); line-height: 1.35; }
.kills td.good, .kills td.bad { background: var(--wash); color: var(--tone); }
.kills tr:hover th, .kills tr:hover td { background: var(--well); }
.servers { font-size: 0.875rem; width: 100%; }
.servers th, .servers td { padding: 0.35rem 0.75rem; }
.servers tbody th { font-family: var(--mono); font-size: 0.8125rem; white-space: nowrap; }
.servers td:nth-child(3) { color: var(--tone); font-weight: 600; }
@media print { .scroll { max-height: none; overflow: visible; } }
`;
