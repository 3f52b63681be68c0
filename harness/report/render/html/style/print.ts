/** On paper everything is unfolded, and controls are hidden. */
export const print = `
@media print {
  :root {
    color-scheme: light; --paper: #fff; --sheet: #fff; --well: #f3f5f7; --ink: #000; --soft: #444d54; --line: #b8c0c5; --hair: #d9dfe2;
    --good: #0e6849; --good-wash: #dff1e8; --bad: #b0132b; --bad-wash: #fce4e6; --on-bad: #fff; --care: #7d5000; --care-wash: #faecc9;
    --open: #5042a6; --open-wash: #e9e6fa; --known: #175e7f; --known-wash: #dbeef7; --none: #444d54; --none-wash: #f3f5f7;
  }
  .page { max-width: none; padding: 0; }
  .masthead { background: none; color: #000; border-bottom: 2px solid #000; --focus: #000; }
  .masthead h1 { color: var(--tone); }
  .skip, .contents, .filter, .readout, button { display: none !important; }
  details::details-content { content-visibility: visible !important; display: block !important; block-size: auto !important; }
  summary { list-style: none; }
  .scroll, .wire pre { overflow: visible !important; max-height: none !important; }
  .matrix { font-size: 0.6875rem; }
  .matrix thead th, .matrix tbody th { position: static; }
  .matrix .c { width: auto; min-width: 0; }
  .card, .entry, .evidence, .matrix tr { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  .bad, .good, .care, .tick, .c b { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.75em; overflow-wrap: anywhere; }
}
`;
