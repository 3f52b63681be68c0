import type { Claims } from './model.ts';
import type { Dialect } from './traits.ts';

/** Other claim names, other nesting, and other words for the permission. */
export const otherClaims: Dialect = {
  header: {},
  write: ({ sub, jti, project, permission, environment, iat, exp }) => ({
    key: { id: sub, generation: jti },
    'https://mufi.example/tenant': project,
    access: permission === 'write' ? 'rw' : 'r',
    stage: environment,
    iat,
    ...(exp === undefined ? {} : { exp }),
  }),
  read: (payload) => {
    const { key, access, stage, iat, exp, ...rest } = (payload ?? {}) as Record<string, unknown>;
    const { id, generation } = (key ?? {}) as Record<string, unknown>;
    return {
      sub: id,
      jti: generation,
      project: rest['https://mufi.example/tenant'],
      permission: access === 'rw' ? 'write' : access === 'r' ? 'read' : undefined,
      environment: stage,
      iat,
      ...(exp === undefined ? {} : { exp }),
    };
  },
};

/** More claims and header members than a key needs. */
export const bigClaims: Dialect = {
  header: { region: 'eu-1', cty: 'key', 'x-mufi-generation': '2' },
  write: (claims: Claims) => ({
    ...claims,
    iss: 'https://mufi.example',
    aud: ['https://api.mufi.example', 'wallet'],
    nbf: claims.iat,
    name: 'Zoë ☃',
    tags: [],
    limits: { rps: 50, burst: null },
    is_test: true,
  }),
  read: (payload) => payload,
};
