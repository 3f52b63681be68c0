import type { Scenario } from '../../harness/model/index.ts';

type SharedParts = Pick<Scenario, 'to' | 'expect'> & Partial<Scenario>;

/** A scenario of a list: what it does not share with the others. */
export type Row = Omit<Scenario, 'to' | 'expect'> & Partial<Scenario>;

/** Scenarios that share where they are sent and what must come back; a row may say otherwise. */
export function each(shared: SharedParts, rows: readonly Row[]): Scenario[] {
  return rows.map((row) => ({ ...shared, ...row }));
}

/** Sent to every operation and rejected with 401. */
export const rejected = { to: 'every operation', expect: 'unauthorized' } as const;
