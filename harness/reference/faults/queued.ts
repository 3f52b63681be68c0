import type { Keyring } from '../keyring.ts';
import type { Call } from '../model.ts';
import type { Fault } from './fault.ts';

const DELAY_MS = 300;

/** Hands a write to a queue before the permission is looked at. */
export const queued: Fault = {
  id: 'refused-writes-queued',
  breaks: 'A write that was refused is not carried out later either.',
  override: (policy) => {
    let keys: Keyring | undefined;
    return {
      exempt: (call, ring) => {
        keys = ring;
        return policy.exempt(call, ring);
      },
      finish: async (answer, call, why) => {
        if (why === 'permission' && keys !== undefined) await carryOutLater(call, keys);
        return policy.finish(answer, call, why);
      },
    };
  },
};

/** Sends the request to the server itself, with a write key of the project. */
async function carryOutLater({ request, caller }: Call, ring: Keyring): Promise<void> {
  const writing = ring.all().find(({ permission, project, supplied, revoked }) => {
    return permission === 'write' && project === caller?.project && supplied && !revoked;
  });
  if (writing === undefined || request.headers.host === undefined) return;
  const headers = {
    authorization: `Bearer ${await ring.sign(writing)}`,
    'content-type': 'application/json',
  };
  const body = await request.text();
  const send = (): void => {
    const { method, path } = request;
    fetch(`http://${request.headers.host}${path}`, { method, headers, body }).catch(() => undefined);
  };
  setTimeout(send, DELAY_MS).unref();
}
