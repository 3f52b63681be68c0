import { base } from './style/base.ts';
import { cards } from './style/cards.ts';
import { lists } from './style/lists.ts';
import { masthead } from './style/masthead.ts';
import { matrix } from './style/matrix.ts';
import { print } from './style/print.ts';
import { timeline } from './style/timeline.ts';

/** The style sheet of the report, in the order of the page. */
export const styles = [base, masthead, cards, matrix, timeline, lists, print].join('');
