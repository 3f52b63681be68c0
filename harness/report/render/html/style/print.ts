/** On paper everything is open, and what only a hand can use is gone. */
export const print = `
@media print {
  :root { color-scheme: light; --paper: #fff; --sheet: #fff; --well: #f4f4f2; --ink: #000; --soft: #4d4740; --line: #bbb; --hair: #ddd; }
  .page { max-width: none; padding: 0; }
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
