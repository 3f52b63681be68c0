import { filtering } from './filtering.ts';
import { moving } from './moving.ts';
import { opening } from './opening.ts';

/** What a script adds to the page: copy buttons, opening what a link names, a filter, keyboard navigation. */
export const script = `'use strict';
document.documentElement.classList.add('js');
${opening}
const table = document.getElementById('matrix-table');
if (table) {
${filtering}
${moving}
}
`;
