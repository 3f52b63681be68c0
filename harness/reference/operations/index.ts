import { attendees } from './attendees.ts';
import { events } from './events.ts';
import type { Handler } from './handler.ts';
import { items } from './items.ts';
import { products } from './products.ts';
import { users } from './users.ts';

/** Every operation by its operationId. */
export const handlers: Readonly<Record<string, Handler>> = {
  ...users,
  ...events,
  ...attendees,
  ...products,
  ...items,
  getVersion: { perform: () => ({ name: 'mufi-reference', version: '0.1.0' }) },
};
