import { type ControlAddress, isSuccess } from '../../model/index.ts';
import {
  type Control,
  ControlError,
  checkAnswer,
  clockSchema,
  controlledKeySchema,
  descriptionSchema,
  documentIn,
  madeIdIn,
  projectSchema,
} from './protocol.ts';

/** One call of key control, for its sender. */
export interface ControlCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** The result of a call; `late` if there was no complete answer in time, `broken` if the answer cannot be read. */
export type ControlAnswer =
  | { readonly status: number; readonly body: string; readonly isCut?: boolean | undefined }
  | 'unreachable'
  | 'late'
  | { readonly broken: string };

/** Sends a call over HTTP, once. */
export type ControlSender = (call: ControlCall) => Promise<ControlAnswer>;

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
    if ('broken' in answer)
      throw new ControlError(`the answer of key control to ${verb} cannot be read: ${answer.broken}`);
    const { status, isCut = false } = answer;
    const value = documentIn(answer.body, verb);
    const fail = (what: string): never => {
      const known = { madeId: madeIdIn(value, verb), code: String(status) };
      throw new ControlError(`key control answers ${verb} with ${what}`, known);
    };
    if (!isSuccess(status)) {
      return fail(`${status}${status === 401 ? '; check MUFI_CONTROL_TOKEN' : ''}`);
    }
    if (status === 204) return undefined;
    if (isCut) return fail('more than 1 MiB');
    return value === undefined ? fail('something that is not JSON') : value;
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
