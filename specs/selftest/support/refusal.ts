import { expect } from '@playwright/test';
import { ConfigurationError } from '../../../harness/engine/configuration/configuration-error.ts';
import { read, third, write } from './environments.ts';
import { leaked } from './keys.ts';

/** The message that rejects a call; fails if the message contains a secret. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    const { message } = error as ConfigurationError;
    for (const secret of [write, read, third]) expect(leaked(message, secret)).toEqual([]);
    expect(message).not.toMatch(/canary|p4ssw0rd/);
    return message;
  }
  return 'not refused';
}
