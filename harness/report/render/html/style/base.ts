/** Colours, type and what all parts share. */
export const base = `
:root {
  color-scheme: light dark;
  --paper: #faf8f4; --sheet: #fffefb; --well: #f3efe8; --line: #ddd6ca; --hair: #e9e3d9;
  --ink: #1f1c18; --soft: #625b51;
  --good: #23694a; --good-wash: #e3eee4;
  --bad: #ad2417; --bad-wash: #f9e3dd; --on-bad: #fff;
  --care: #855300; --care-wash: #f8ecd0;
  --open: #5a479b; --open-wash: #ebe6f6;
  --known: #24617c; --known-wash: #dfecf2;
  --none: #625b51; --none-wash: #f3efe8;
  --focus: #1257b8;
  --serif: Charter, 'Bitstream Charter', 'Iowan Old Style', 'Palatino Linotype', Georgia, 'Liberation Serif', serif;
  --sans: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171512; --sheet: #1e1b18; --well: #26221e; --line: #3d372f; --hair: #2e2924;
    --ink: #ece6db; --soft: #aca395;
    --good: #7cc79a; --good-wash: #1d2f25;
    --bad: #ff9382; --bad-wash: #45211b; --on-bad: #2a0d08;
    --care: #efb955; --care-wash: #392c13;
    --open: #b9a9f5; --open-wash: #2c2642;
    --known: #85c3e0; --known-wash: #1b303b;
    --none: #aca395; --none-wash: #26221e;
    --focus: #8ab8ff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 var(--sans); }
.page { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem 4rem; }
main:focus { outline: none; }
h1, h2, h3, h4, p, ul, ol, dl, dd, pre, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h2 { font: 600 1.75rem/1.2 var(--serif); letter-spacing: -0.01em; margin: 4rem 0 1.25rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
h2 small, h3 small { font: 400 0.875rem/1.4 var(--sans); color: var(--soft); letter-spacing: 0; margin-left: 0.4em; }
h3 { font: 600 1.0625rem/1.4 var(--sans); }
a { color: inherit; text-decoration-color: var(--soft); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-color: currentColor; text-decoration-thickness: 2px; }
:focus-visible { outline: 2.5px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: var(--mono); font-size: 0.8125rem; }
code { overflow-wrap: anywhere; }
summary { cursor: pointer; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--ink); color: var(--paper); z-index: 9; }
.skip:focus { top: 1rem; }
.mark { white-space: nowrap; font-weight: 600; }
.mark .symbol { display: inline-block; min-width: 1.15em; text-align: center; margin-right: 0.15em; font-weight: 700; }
.good { --tone: var(--good); --wash: var(--good-wash); }
.bad { --tone: var(--bad); --wash: var(--bad-wash); }
.care { --tone: var(--care); --wash: var(--care-wash); }
.open { --tone: var(--open); --wash: var(--open-wash); }
.known { --tone: var(--known); --wash: var(--known-wash); }
.none { --tone: var(--none); --wash: var(--none-wash); }
.halted { --bad: var(--open); --bad-wash: var(--open-wash); }
.mark, .symbol { color: var(--tone); }
.level { font: 600 0.6875rem/1 var(--sans); letter-spacing: 0.08em; padding: 0.2rem 0.4rem; border: 1px solid currentColor; border-radius: 2px; }
.level.should { color: var(--soft); }
.tags { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.9rem; font-size: 0.875rem; }
.source, .why, .share, .took { color: var(--soft); font-size: 0.875rem; }
.calm { color: var(--soft); max-width: 44rem; }
footer { margin-top: 5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
`;
