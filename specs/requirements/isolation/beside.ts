import type { Presentation, Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';

/** Ids of this project under every name that an own id has. */
const foreign = { id: '{thing}', event_id: '{event}', user_id: '{user}' };

/** Where an id of this project stands beside the own one. */
interface Place {
  readonly id: string;
  readonly title: string;
  readonly present: Presentation;
  readonly catches: readonly string[];
}

const places: readonly Place[] = [
  {
    id: 'own-id-first',
    title:
      'a write key of another project names an own id and then, under the same name, one of this project',
    present: { twice: { at: 'last', members: foreign } },
    catches: ['last-of-two-ids-unscoped'],
  },
  {
    id: 'own-id-last',
    title:
      'a write key of another project names an id of this project and then, under the same name, an own one',
    present: { twice: { at: 'first', members: foreign } },
    catches: ['first-of-two-ids-taken'],
  },
  {
    id: 'own-id-in-body',
    title: 'a write key of another project names an own id in the body and one of this project in the query',
    present: { query: foreign },
    catches: ['id-of-query-taken'],
  },
];

/** What is checked and what is acted on have to be the same, also where a request names two. */
export const beside: readonly Scenario[] = each(
  {
    key: 'other-project-write',
    request: 'foreign-beside-by-id',
    to: 'every repeatable write about an event',
    // Its answer shows on which event it worked.
    expect: 'nothing of another project',
  },
  places.map(({ present, ...place }) => ({
    ...place,
    present: { headers: { Authorization: 'Bearer {key}' }, ...present },
  })),
);
