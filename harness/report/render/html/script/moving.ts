/** Arrow keys in the matrix, and the line that names the current cell. */
export const moving = `
const readout = document.getElementById('readout');
const operations = [...table.querySelectorAll('thead .operation')];
const cellsOf = (row) => [...row.cells].slice(1);
let current;
let column = 0;
function setCurrent(cell) {
  if (current) current.tabIndex = -1;
  current = cell;
  if (current) current.tabIndex = 0;
}
function resetFocus() {
  if (current && !current.parentElement.hidden && !current.closest('tbody').hidden) return;
  const row = rows.find((candidate) => !candidate.hidden);
  column = 0;
  setCurrent(row ? cellsOf(row)[0] : undefined);
}
for (const row of rows) for (const cell of cellsOf(row)) cell.tabIndex = -1;
applyFilter();

function move(cell, key, whole) {
  const visible = rows.filter((row) => !row.hidden);
  const row = visible.indexOf(cell.parentElement);
  const cells = cellsOf(cell.parentElement);
  const position = cells.indexOf(cell);
  const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10 }[key];
  if (step) {
    const next = cellsOf(visible[Math.max(0, Math.min(visible.length - 1, row + step))]);
    return next[Math.min(column, next.length - 1)];
  }
  if (key === 'Home' && whole) return cellsOf(visible[0])[0];
  if (key === 'End' && whole) return cellsOf(visible[visible.length - 1]).at(-1);
  const target = { ArrowLeft: position - 1, ArrowRight: position + 1, Home: 0, End: cells.length - 1 }[key];
  column = Math.max(0, Math.min(cells.length - 1, target));
  return cells[column];
}
const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'];
const cellUnder = (event) => event.target.closest('#matrix-table tr[data-place] > td');
table.addEventListener('keydown', (event) => {
  const cell = cellUnder(event);
  if (!cell || event.altKey || event.metaKey) return;
  if (keys.includes(event.key)) {
    event.preventDefault();
    const next = move(cell, event.key, event.ctrlKey);
    setCurrent(next);
    next.focus();
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
  if (event.key === 'Enter') { event.preventDefault(); goTo(cell.parentElement.dataset.place); }
});
table.addEventListener('click', (event) => {
  const cell = cellUnder(event);
  if (cell) { setCurrent(cell); goTo(cell.parentElement.dataset.place); }
});

function tell(cell) {
  for (const aimed of table.querySelectorAll('.aim')) aimed.classList.remove('aim');
  readout.hidden = !cell;
  if (!cell) return;
  const row = cell.parentElement;
  const operation = operations[cellsOf(row).indexOf(cell) - 1];
  const name = row.closest('tbody').dataset.family + '/' + row.querySelector('a').textContent;
  const single = operation && cell.classList.contains('c');
  if (single) operation.classList.add('aim');
  const words = single ? cell.querySelector('i').textContent : row.querySelector('td.overall').lastChild.textContent.trim();
  readout.textContent = name + (single ? ' @ ' + operation.textContent : '') + ': ' + words;
}
table.addEventListener('focusin', (event) => {
  const cell = cellUnder(event);
  if (!cell) return;
  setCurrent(cell);
  tell(cell);
});
table.addEventListener('pointerover', (event) => { const cell = cellUnder(event); if (cell) tell(cell); });
table.addEventListener('pointerleave', () => tell(table.contains(document.activeElement) && document.activeElement.tagName === 'TD' ? document.activeElement : undefined));
table.addEventListener('focusout', () => tell(undefined));
`;
