/** The filter of the matrix. */
export const filtering = `
const rows = [...table.querySelectorAll('tr[data-place]')];
const filter = document.getElementById('filter');
const texts = new Map(rows.map((row) => {
  const link = row.querySelector('a');
  const family = row.closest('tbody').dataset.family;
  return [row, (family + '/' + link.textContent + ' ' + link.title + ' ' + row.dataset.verdict).toLowerCase()];
}));
function applyFilter() {
  const values = new FormData(filter);
  const words = String(values.get('text')).toLowerCase().split(/\\s+/).filter(Boolean);
  const family = values.get('family');
  const verdicts = values.getAll('verdict');
  for (const row of rows) {
    const text = texts.get(row);
    row.hidden = !(words.every((word) => text.includes(word)) && verdicts.includes(row.dataset.verdict)
      && (family === '' || row.closest('tbody').dataset.family === family));
  }
  for (const body of table.tBodies) body.hidden = !body.querySelector('tr[data-place]:not([hidden])');
  const shown = rows.filter((row) => !row.hidden).length;
  document.getElementById('filter-count').textContent = shown + ' of ' + rows.length + ' requirements';
  resetFocus();
}
filter.hidden = false;
filter.addEventListener('input', applyFilter);
filter.addEventListener('submit', (event) => event.preventDefault());
`;
