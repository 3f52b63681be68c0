/** Colours, type and everything that all parts share. */
export const base = `
:root {
  color-scheme: light dark;
  --paper: #fff; --sheet: #fff; --well: #f3f5f7; --line: #ccd4d9; --hair: #e4e9ec;
  --ink: #11181c; --soft: #55616a;
  --good: #0e6849; --good-wash: #dff1e8; --good-band: #0b5f45;
  --bad: #b0132b; --bad-wash: #fce4e6; --bad-band: #a3132a; --on-bad: #fff;
  --care: #7d5000; --care-wash: #faecc9; --care-band: #774d00;
  --open: #5042a6; --open-wash: #e9e6fa; --open-band: #463a92;
  --known: #175e7f; --known-wash: #dbeef7; --known-band: #175e7f;
  --none: #55616a; --none-wash: #f3f5f7; --none-band: #3d474e;
  --focus: #0b5fd8;
  --sans: 'Avenir Next', 'Segoe UI Variable Text', 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', system-ui, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0e1214; --sheet: #13181b; --well: #1a2125; --line: #36424a; --hair: #232b30;
    --ink: #e7ecef; --soft: #9dabb4;
    --good: #6dcf9e; --good-wash: #12291f; --good-band: #0c4a37;
    --bad: #ff8a97; --bad-wash: #3d171d; --bad-band: #7b1525; --on-bad: #2b060c;
    --care: #ebb64f; --care-wash: #33270e; --care-band: #5a3d07;
    --open: #b4a9ff; --open-wash: #262147; --open-band: #393073;
    --known: #7dc6e8; --known-wash: #102c39; --known-band: #134c66;
    --none: #9dabb4; --none-wash: #1a2125; --none-band: #2b343a;
    --focus: #7fb4ff;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 var(--sans); }
.page { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem 4rem; }
main:focus { outline: none; }
h1, h2, h3, h4, p, ul, ol, dl, dd, pre, figure { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h2 { font: 700 1.625rem/1.2 var(--sans); letter-spacing: -0.015em; margin: 4.5rem 0 1.25rem; padding-top: 1rem; border-top: 2px solid var(--ink); }
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
.good { --tone: var(--good); --wash: var(--good-wash); --band: var(--good-band); }
.bad { --tone: var(--bad); --wash: var(--bad-wash); --band: var(--bad-band); }
.care { --tone: var(--care); --wash: var(--care-wash); --band: var(--care-band); }
.open { --tone: var(--open); --wash: var(--open-wash); --band: var(--open-band); }
.known { --tone: var(--known); --wash: var(--known-wash); --band: var(--known-band); }
.none { --tone: var(--none); --wash: var(--none-wash); --band: var(--none-band); }
.halted { --bad: var(--open); --bad-wash: var(--open-wash); }
.mark.none { font-weight: 400; }
.mark, .symbol { color: var(--tone); }
.level { font: 600 0.6875rem/1 var(--sans); letter-spacing: 0.08em; padding: 0.2rem 0.4rem; border: 1px solid currentColor; border-radius: 2px; }
.level.should { color: var(--soft); }
.tags { display: flex; flex-wrap: wrap; align-items: center; gap: 0.35rem 0.9rem; font-size: 0.875rem; }
.source, .why, .share, .took { color: var(--soft); font-size: 0.875rem; }
.calm { color: var(--soft); max-width: 44rem; }
footer { margin-top: 5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; overflow-wrap: anywhere; }
`;
