import type { Operation } from '../../model/index.ts';
import type { ThingIds } from '../credentials/present.ts';
import { thingOf } from '../matrix/requests.ts';
import type { SessionState } from './session-state.ts';

/** For the question whether a credential can be created from a key: other names in a template do not matter. */
export const anyThing: ThingIds = {
  project: '',
  event: '',
  user: '',
  address: '',
  product: '',
  item: '',
  thing: '',
};

/** Ids of the first project and of its objects, for templates. */
export function thingIds(
  { projectId, fixture: { main } }: Pick<SessionState, 'projectId' | 'fixture'>,
  operation: Operation,
): ThingIds {
  const ids = { event: main.eventId, user: main.userId, product: main.productId, item: main.itemId };
  const about = thingOf(operation);
  const given = Object.entries(ids).filter(([thing]) => main.known.some((one) => one === thing));
  return {
    project: projectId,
    ...(main.known.includes('user') ? { address: main.userEmail } : {}),
    ...Object.fromEntries(given),
    ...(about === undefined || !main.known.includes(about) ? {} : { thing: ids[about] }),
  };
}
