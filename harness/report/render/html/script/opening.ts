/** Copy buttons, links into folded parts, and printing. */
export const opening = `
function reveal(element) {
  for (let node = element; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true;
  const own = element.querySelector(':scope > details');
  if (own && element.id.startsWith('about-')) own.open = true;
}
function goTo(id) {
  const element = document.getElementById(id);
  if (!element) return;
  reveal(element);
  if (location.hash !== '#' + id) location.hash = id;
  element.scrollIntoView();
  const heading = element.querySelector('h3, h4') || element;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
addEventListener('hashchange', () => {
  const element = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (element) { reveal(element); element.scrollIntoView(); }
});
if (location.hash) goTo(decodeURIComponent(location.hash.slice(1)));

async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
for (const figure of document.querySelectorAll('.replay')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy the command');
  button.addEventListener('click', async () => {
    button.textContent = (await copy(figure.querySelector('pre').textContent)) ? 'Copied' : 'Select it by hand';
    button.focus();
    setTimeout(() => { button.textContent = 'Copy'; }, 1600);
  });
  figure.append(button);
}

let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => { for (const details of folded) details.open = false; });
`;
