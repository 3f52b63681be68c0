import type { Credential } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

const CHARS = '[A-Za-z0-9\\-._~+/]+=*';

/** Faults that read the Authorization value too leniently or too strictly. */
export const spellings: readonly Fault[] = [
  kinder('scheme-basic-accepted', 'Only Bearer is a scheme for keys; Basic is not.', (value) => {
    const given = /^basic +(\S+)$/i.exec(value)?.[1];
    if (given === undefined || given.includes('.')) return given;
    return Buffer.from(given, 'base64')
      .toString()
      .split(':')
      .find((part) => part.includes('.'));
  }),
  kinder('basic-password-of-user-accepted', 'The password of Basic credentials is not a key.', (value) => {
    const given = /^basic +([\w+/=-]+)$/i.exec(value)?.[1];
    return /^\w+:(.+)$/.exec(Buffer.from(given ?? '', 'base64').toString())?.[1];
  }),
  kinder(
    'scheme-any-accepted',
    'Only Bearer is a scheme for keys.',
    (value) => new RegExp(`^(?!basic|xbearer|bearers)[a-z-]+ +(${CHARS})$`, 'i').exec(value)?.[1],
  ),
  kinder(
    'scheme-optional',
    'A key without a scheme is not a credential.',
    (value) => new RegExp(`^(${CHARS})$`).exec(value)?.[1],
  ),
  kinder(
    'separator-optional',
    'A space separates the scheme from the key.',
    (value) => new RegExp(`^bearer(${CHARS})$`, 'i').exec(value)?.[1],
  ),
  kinder(
    'separator-any-whitespace',
    'Only a space separates the scheme from the key.',
    (value) => new RegExp(`^bearer\\s+(${CHARS})$`, 'i').exec(value)?.[1],
  ),
  kinder(
    'trailing-garbage-ignored',
    'A key with something after it is not a credential.',
    (value) => new RegExp(`^bearer +(${CHARS})[^A-Za-z0-9._~+/=,-]`, 'i').exec(value)?.[1],
  ),
  kinder(
    'comma-list-accepted',
    'Two keys in one line are not a credential.',
    (value) => new RegExp(`^bearer +(${CHARS}) *,`, 'i').exec(value)?.[1],
  ),
  kinder(
    'quotes-stripped',
    'A key in quotes is not a credential.',
    (value) => new RegExp(`^bearer +["'<](${CHARS})["'>]$`, 'i').exec(value)?.[1],
  ),
  kinder('percent-decoded', 'A key contains no percent sign.', (value) => {
    const given = /^bearer +(\S*%\S*)$/i.exec(value)?.[1];
    return given === undefined ? undefined : decoded(given);
  }),
  narrower('scheme-case-sensitive', 'The scheme is accepted in any case.', (value) =>
    value.startsWith('Bearer '),
  ),
  narrower(
    'extra-spaces-refused',
    'More than one space may follow the scheme.',
    (value) => !/^\w+ {2}/.test(value),
  ),
];

/** A fault that reads the Authorization value too leniently. */
export function kinder(id: string, breaks: string, find: (value: string) => string | undefined): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      parseAuthorization: (value): Credential => {
        const proper = policy.parseAuthorization(value);
        if (proper.kind !== 'malformed') return proper;
        const token = find(value);
        return token === undefined ? proper : { kind: 'token', token };
      },
    }),
  };
}

function narrower(id: string, breaks: string, takes: (value: string) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      parseAuthorization: (value) =>
        takes(value) ? policy.parseAuthorization(value) : { kind: 'malformed' },
    }),
  };
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
