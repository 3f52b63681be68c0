import { expect } from '@playwright/test';
import { httpControl } from '../../../harness/engine/key-control/http-control.ts';
import {
  type Control,
  ControlError,
  type ControlledKey,
} from '../../../harness/engine/key-control/protocol.ts';
import { controlSender } from '../../../harness/engine/session/control-sender.ts';
import { fakeKey } from './keys.ts';

export const controlToken = 'canary-token-7f3a9c21';
/** A key as key control issues it. */
export const madeKey: ControlledKey = { id: 'k1', key: fakeKey(), project_id: 'p1', permission: 'write' };

/** Key control behind a URL, opened as in a run. */
export function controlAt(url: string, token: string, timeoutMs = 10_000): Control {
  const sender = controlSender({ userAgent: 'conformance/1.0', timeoutMs });
  return httpControl({ kind: 'url', url, token }, timeoutMs, sender);
}

/** The message of the ControlError that a call of key control ends with. */
export function controlRefusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: unknown) => {
      expect(error).toBeInstanceOf(ControlError);
      return (error as Error).message;
    },
  );
}
