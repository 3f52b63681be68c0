import type { Keyring } from '../keyring.ts';
import type { Call, Claims } from '../model.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

/** Faults that show a key to the holder of another key. */
export const otherKeys: readonly Fault[] = [
  showing('new-key-shown-to-old-key', 'The holder of an old key does not see the new one.', (call, ring) => {
    const { sub, jti: old } = (peek(call.presented ?? '')?.payload ?? {}) as Partial<Claims>;
    const record = typeof sub === 'string' ? ring.find(sub) : undefined;
    // A forgery of the new key is no old key.
    const isOld = record?.retired.some(({ jti }) => jti === old) === true;
    return call.caller !== undefined || !isOld || record.revoked ? undefined : ring.sign(record);
  }),
  showing(
    'write-key-shown-to-read-key',
    'The holder of a read key does not see a write key.',
    (call, ring) => {
      const record = ring.find(ring.home()?.sub ?? '');
      return call.caller?.permission === 'read' && record !== undefined ? ring.sign(record) : undefined;
    },
  ),
];

function showing(
  id: string,
  breaks: string,
  find: (call: Call, ring: Keyring) => Promise<string> | undefined,
): Fault {
  return {
    id,
    breaks,
    override: (policy) => {
      const rings = new WeakMap<Call, Keyring>();
      return {
        verify: (token, ring, call) => {
          rings.set(call, ring);
          return policy.verify(token, ring, call);
        },
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const { body } = finished;
          const ring = rings.get(call);
          const key = ring === undefined ? undefined : await find(call, ring);
          const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
          return key === undefined || !isObject ? finished : { ...finished, body: { ...body, api_key: key } };
        },
      };
    },
  };
}
