import type { ControlAddress } from '../model.ts';
import {
  type Control,
  ControlError,
  checkAnswer,
  clockSchema,
  controlledKeySchema,
  descriptionSchema,
  projectSchema,
} from './protocol.ts';

/** One call of key control, as whoever sends it needs it. */
export interface ControlCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Sends a call over HTTP, once; `late` where there was no complete answer in time. */
export type ControlSender = (
  call: ControlCall,
) => Promise<{ readonly status: number; readonly body: string } | 'unreachable' | 'late'>;

/** Key control behind a URL; `timeoutMs` is the time that `sendCall` gives each call. */
export function httpControl(
  address: Extract<ControlAddress, { kind: 'url' }>,
  timeoutMs: number,
  sendCall: ControlSender,
): Control {
  const call = async (verb: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await sendCall({
      method,
      url: address.url + path,
      headers: [
        ['Authorization', `Bearer ${address.token}`],
        ['Accept', 'application/json'],
        ...(body === undefined ? [] : [['Content-Type', 'application/json'] as const]),
      ],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer === 'late')
      throw new ControlError(`key control did not answer ${verb} within ${timeoutMs} ms`);
    if (answer === 'unreachable')
      throw new ControlError(`key control at MUFI_CONTROL_URL cannot be reached for ${verb}`);
    if (answer.status < 200 || answer.status >= 300) {
      const hint = answer.status === 401 ? '; check MUFI_CONTROL_TOKEN' : '';
      throw new ControlError(`key control answers ${verb} with ${answer.status}${hint}`);
    }
    if (answer.status === 204) return undefined;
    try {
      return JSON.parse(answer.body);
    } catch {
      throw new ControlError(`key control answers ${verb} with something that is not JSON`);
    }
  };
  const path = (id: string): string => `/keys/${encodeURIComponent(id)}`;
  return {
    describe: async () => checkAnswer(descriptionSchema, await call('describe', 'GET', '/'), 'describe'),
    createProject: async (name) =>
      checkAnswer(
        projectSchema,
        await call('create-project', 'POST', '/projects', { name }),
        'create-project',
      ),
    createKey: async (request) =>
      checkAnswer(controlledKeySchema, await call('create-key', 'POST', '/keys', request), 'create-key'),
    regenerateKey: async (id) =>
      checkAnswer(
        controlledKeySchema,
        await call('regenerate-key', 'POST', `${path(id)}/regenerate`),
        'regenerate-key',
      ),
    revokeKey: async (id) => {
      await call('revoke-key', 'DELETE', path(id));
    },
    advanceClock: async (seconds) =>
      checkAnswer(
        clockSchema,
        await call('advance-clock', 'POST', '/clock', { advance_by: seconds }),
        'advance-clock',
      ).now,
  };
}
