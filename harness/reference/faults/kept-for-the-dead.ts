import type { Call, KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { answersBesideHeaders } from './kept-beside-headers.ts';
import { replaying } from './replaying.ts';

/** Faults that give a dead key what another key was answered a moment before. */
export const keptForTheDead: readonly Fault[] = [
  replayingTo('write-replayed-to-revoked-key', ({ revoked }) => revoked),
  replayingTo('write-replayed-to-old-key', ({ revoked }) => !revoked),
  ...answersBesideHeaders('dead', '-with-revoked-key'),
];

/** Replays to keys that are not alive. */
function replayingTo(id: string, when: (key: KeyRecord) => boolean): Fault {
  const dead = new WeakSet<Call>();
  const { override, ...fault } = replaying(id, 'dead', (call) => dead.has(call));
  return {
    ...fault,
    override: (policy: Policy) => ({
      ...override?.(policy),
      isLive: (key, claims, call) => {
        const live = policy.isLive(key, claims, call);
        if (!live && key !== undefined && when(key)) dead.add(call);
        return live;
      },
    }),
  };
}
