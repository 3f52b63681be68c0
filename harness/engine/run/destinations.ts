import type { Scenario } from '../../model/index.ts';
import type { SendSpec } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/** Where the requests of a scenario go: the base URL, or all replicas of the target too. */
export function destinationsOf({ state }: Session, { on }: Scenario): readonly Pick<SendSpec, 'baseUrl'>[] {
  const { baseUrl, target } = state;
  return on === undefined ? [{}] : [baseUrl, ...target.replicaUrls].map((url) => ({ baseUrl: url }));
}
