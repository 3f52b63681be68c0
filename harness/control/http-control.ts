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

/** Key control behind a URL; `timeoutMs` bounds each call. */
export function httpControl(address: Extract<ControlAddress, { kind: 'url' }>, timeoutMs: number): Control {
  const call = async (verb: string, method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(address.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${address.token}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw failed(error, verb, `key control at MUFI_CONTROL_URL cannot be reached for ${verb}`);
    });
    if (!response.ok) {
      await response.body?.cancel();
      const hint = response.status === 401 ? '; check MUFI_CONTROL_TOKEN' : '';
      throw new ControlError(`key control answers ${verb} with ${response.status}${hint}`);
    }
    if (response.status === 204) return undefined;
    return response.json().catch((error: unknown) => {
      throw failed(error, verb, `key control answers ${verb} with something that is not JSON`);
    });
  };
  const failed = (error: unknown, verb: string, otherwise: string): ControlError => {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return new ControlError(
      timedOut ? `key control did not answer ${verb} within ${timeoutMs} ms` : otherwise,
    );
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
