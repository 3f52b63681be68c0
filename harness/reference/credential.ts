import type { ApiRequest, Credential } from './model.ts';

const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** Reads the key from the Authorization line and looks nowhere else. */
export function readCredential(request: ApiRequest, parse: (value: string) => Credential): Credential {
  const [value, ...more] = request.authorization;
  if (more.length > 0) return { kind: 'repeated' };
  return value === undefined ? { kind: 'none' } : parse(value);
}

/** Reads the value of one Authorization line: scheme, at least one space, token68, and nothing else. */
export function parseAuthorization(value: string): Credential {
  if (value.trim() === '') return { kind: 'none' };
  const token = BEARER.exec(value)?.[1];
  return token === undefined ? { kind: 'malformed' } : { kind: 'token', token };
}
