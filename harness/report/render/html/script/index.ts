import { filtering } from './filtering.ts';
import { moving } from './moving.ts';
import { opening } from './opening.ts';

/** What the page does better with a script: copy, open what is linked, filter, move by keys. */
export const script = `'use strict';
document.documentElement.classList.add('js');
${opening}
const table = document.getElementById('matrix-table');
if (table) {
${filtering}
${moving}
}
`;
