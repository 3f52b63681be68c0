import { fakeKey } from './keys.ts';

export type Variables = Record<string, string>;

export const [write, read, third] = [fakeKey(), fakeKey(), fakeKey()];
export const [token, command] = ['canary-control-token', 'canary-command --with canary-secret'];
export const base: Variables = {
  MUFI_BASE_URL: 'http://127.0.0.1:8080/api',
  MUFI_WRITE_KEY: write,
  MUFI_READ_KEY: read,
};
const { MUFI_READ_KEY: _read, ...withoutRead } = base;
export const { MUFI_WRITE_KEY: _write, ...withoutWrite } = base;

/** The message about a misspelled name. */
export const unknown = (name: string, meant: string): string =>
  `The variable ${name} is not known; it looks like ${meant}. Rename it.`;
const holds = (what: string): string => `holds ${what}; remove it, or copy the key again.`;
const noScheme = 'does not begin with a scheme; write http:// in front, or https:// if it uses TLS.';
const noJwt = 'is not a signed JWT (three base64url segments joined by dots); copy the key again.';
const userInfo = 'has a user name or password; remove them from the URL.';
const noTarget = (name: string): string =>
  `${name} is set but MUFI_BASE_URL is not, so there is no server to test with it; set MUFI_BASE_URL, or unset ${name} to test the embedded reference server.`;
const needs = (role: string): string =>
  `MUFI_${role.toUpperCase()}_KEY is not set; the core profile needs a write key and a read key of one project, so set it to the target's ${role} key.`;

/** Environments that must be a mistake, and the message that says so. */
export const refused: readonly (readonly [what: string, Variables, sentence: string])[] = [
  ['a misspelt name', { ...base, MUFI_WRITEKEY: third }, unknown('MUFI_WRITEKEY', 'MUFI_WRITE_KEY')],
  ['a plural too many', { ...base, MUFI_API_KEYS: third }, unknown('MUFI_API_KEYS', 'MUFI_API_KEY')],
  [
    'a plural too few',
    { ...base, MUFI_REPLICA_URL: 'http://127.0.0.1' },
    unknown('MUFI_REPLICA_URL', 'MUFI_REPLICA_URLS'),
  ],
  ['words in another order', { ...base, MUFI_KEY_WRITE: third }, unknown('MUFI_KEY_WRITE', 'MUFI_WRITE_KEY')],
  [
    'words in another order, far away',
    { ...base, MUFI_URL_BASE: 'http://127.0.0.1' },
    unknown('MUFI_URL_BASE', 'MUFI_BASE_URL'),
  ],
  ...(
    [
      ['a space at the end', `${write} `, holds('a space at its end')],
      ['a line break at the end', `${write}\n`, holds('a line break at its end')],
      ['a carriage return and a line break', `${write}\r\n`, holds('a carriage return at its end')],
      ['a tab at the start', `\t${write}`, holds('a tab at its start')],
      ['a no-break space at the start', `\u00a0${write}`, holds('a no-break space at its start')],
      ['a space inside', `eyJ0 ${write}`, holds('a space at character 5')],
      ['a line break inside', `eyJ0eX\n${write}`, holds('a line break at character 7')],
      [
        'a letter of another alphabet',
        `eyé${write}`,
        holds('a character that a header cannot have at character 3'),
      ],
      ['its scheme', `Bearer ${write}`, 'starts with "Bearer"; give the key alone, without the scheme.'],
      [
        'its scheme in small letters',
        `bearer ${write}`,
        'starts with "Bearer"; give the key alone, without the scheme.',
      ],
    ] as const
  ).map(([what, value, problem]): [string, Variables, string] => [
    `a key with ${what}`,
    { ...base, MUFI_WRITE_KEY: value },
    `MUFI_WRITE_KEY ${problem}`,
  ]),
  ['a key of two segments', { ...base, MUFI_WRITE_KEY: 'canary.canary' }, `MUFI_WRITE_KEY ${noJwt}`],
  ['a key in quotes', { ...base, MUFI_LONG_LIVED_KEY: `"${third}"` }, `MUFI_LONG_LIVED_KEY ${noJwt}`],
  ['an unsigned key', { ...base, MUFI_API_KEY: 'canary.canary.' }, `MUFI_API_KEY ${noJwt}`],
  ['keys without a target', { MUFI_WRITE_KEY: write, MUFI_READ_KEY: read }, noTarget('MUFI_WRITE_KEY')],
  ['control without a target', { MUFI_CONTROL_TOKEN: token }, noTarget('MUFI_CONTROL_TOKEN')],
  ['no read key', withoutRead, needs('read')],
  ['no write key', withoutWrite, needs('write')],
  [
    'no key at all',
    { MUFI_BASE_URL: 'http://127.0.0.1' },
    'MUFI_WRITE_KEY and MUFI_READ_KEY are not set; the core profile needs a write key and a read key of one project, so set both to keys of the target.',
  ],
  [
    'two roles with one key',
    { ...base, MUFI_READ_KEY: write },
    'MUFI_WRITE_KEY and MUFI_READ_KEY hold the same key; each of them needs its own key.',
  ],
  [
    'a revoked key that is the read key',
    { ...base, MUFI_REVOKED_KEY: read },
    'MUFI_READ_KEY and MUFI_REVOKED_KEY hold the same key; each of them needs its own key.',
  ],
  [
    'a control URL without its token',
    { ...base, MUFI_CONTROL_URL: 'http://127.0.0.1' },
    'MUFI_CONTROL_URL is set but MUFI_CONTROL_TOKEN is not; key control needs both.',
  ],
  [
    'a control token without its URL',
    { ...base, MUFI_CONTROL_TOKEN: token },
    'MUFI_CONTROL_TOKEN is set but MUFI_CONTROL_URL is not; key control needs both.',
  ],
  [
    'two kinds of control',
    {
      ...base,
      MUFI_CONTROL_URL: 'http://127.0.0.1',
      MUFI_CONTROL_TOKEN: token,
      MUFI_CONTROL_COMMAND: command,
    },
    'MUFI_CONTROL_COMMAND and MUFI_CONTROL_URL are both set; unset one of them.',
  ],
  ...['http://u:p4ssw0rd@host', 'https://p4ssw0rd@host/x', 'HTTPS://u:p4ssw0rd@host'].map(
    (url): [string, Variables, string] => [
      `user info in ${url.replace('p4ssw0rd', '…')}`,
      { ...base, MUFI_BASE_URL: url },
      `MUFI_BASE_URL ${userInfo}`,
    ],
  ),
  ...(['MUFI_REPLICA_URLS', 'MUFI_JWKS_URL', 'MUFI_CONTROL_URL'] as const).map(
    (name): [string, Variables, string] => [
      `user info in ${name}`,
      { ...base, MUFI_CONTROL_TOKEN: token, [name]: 'https://u:p4ssw0rd@host' },
      `${name} ${userInfo}`,
    ],
  ),
  ...['http://host/?x=1', 'http://host/#x'].map((url): [string, Variables, string] => [
    `the base URL ${url}`,
    { ...base, MUFI_BASE_URL: url },
    'MUFI_BASE_URL has a query or fragment; give the URL up to the path only.',
  ]),
  ...['host', 'localhost:8080', '127.0.0.1:8080/api', '[::1]:8080', 'api.example.com/v2'].map(
    (url): [string, Variables, string] => [
      `the base URL ${url}`,
      { ...base, MUFI_BASE_URL: url },
      `MUFI_BASE_URL ${noScheme}`,
    ],
  ),
  ...['ftp://host', 'http:', '//host', 'a host'].map((url): [string, Variables, string] => [
    `the base URL ${url}`,
    { ...base, MUFI_BASE_URL: url },
    'MUFI_BASE_URL is not an http or https URL.',
  ]),
  ...(
    [
      ['https://host', 'is not an http URL.'],
      ['localhost:8080', 'does not begin with a scheme; write http:// in front.'],
      ['http://u:p4ssw0rd@host', userInfo],
      ['http://host/?x=1', 'has a query or fragment; give the URL up to the path only.'],
    ] as const
  ).map(([url, problem]): [string, Variables, string] => [
    `the plain HTTP address ${url.replace('p4ssw0rd', '…')}`,
    { ...base, MUFI_HTTP_URL: url },
    `MUFI_HTTP_URL ${problem}`,
  ]),
  ['a replica that is no URL', { ...base, MUFI_REPLICA_URLS: 'http://a,b' }, `MUFI_REPLICA_URLS ${noScheme}`],
  ...['0', '-1', '1.5', '1e3', 'ten', ' 7'].map((text): [string, Variables, string] => [
    `the rate "${text}"`,
    { ...base, MUFI_MAX_RPS: text },
    'MUFI_MAX_RPS is not a whole number above 0.',
  ]),
  ...[
    'one.example:443',
    'https://one.example',
    'one example',
    'one.example/v1',
    'me@one.example',
    '.',
    '..one.example',
    'one..example',
    '1.2.3.4.5',
    '10.0.0.0/8',
    'one.example;two.example',
    '"one.example"',
    "'one.example'",
    '$(hostname)',
    '$PROD_HOST',
    '`hostname`',
    'one.example|two.example',
    'one.example+two.example',
    '(one.example)',
    `${'a'.repeat(64)}.example`,
  ].map((hosts): [string, Variables, string] => [
    `the production host "${hosts}"`,
    { ...base, MUFI_PRODUCTION_HOSTS: hosts },
    'MUFI_PRODUCTION_HOSTS has an entry that is not a plain host name such as api.example.com.',
  ]),
  ...['one.example,', ' ', ',one.example'].map((hosts): [string, Variables, string] => [
    `an empty production host in "${hosts}"`,
    { ...base, MUFI_PRODUCTION_HOSTS: hosts },
    'MUFI_PRODUCTION_HOSTS has an empty entry; remove the extra comma.',
  ]),
  [
    'a star in a production host',
    { ...base, MUFI_PRODUCTION_HOSTS: '*.one.example' },
    'MUFI_PRODUCTION_HOSTS has a star; write .example.com for a domain and everything below it.',
  ],
  [
    'a production address behind a dot',
    { ...base, MUFI_PRODUCTION_HOSTS: '.10.0.0.1' },
    'MUFI_PRODUCTION_HOSTS has an IP address after a dot; only a host name has subdomains.',
  ],
  [
    'a short control token',
    { ...base, MUFI_CONTROL_URL: 'http://127.0.0.1', MUFI_CONTROL_TOKEN: 'canary' },
    'MUFI_CONTROL_TOKEN is shorter than 16 characters; use a random token.',
  ],
  ['257 at once', { ...base, MUFI_CONCURRENCY: '257' }, 'MUFI_CONCURRENCY is more than 256.'],
  ['two days', { ...base, MUFI_TIME_LIMIT: '2880' }, 'MUFI_TIME_LIMIT is more than 1440.'],
  ['no time', { ...base, MUFI_TIME_LIMIT: '0' }, 'MUFI_TIME_LIMIT is not above 0.'],
  [
    'half an hour in words',
    { ...base, MUFI_TIME_LIMIT: '30m' },
    'MUFI_TIME_LIMIT is not a number of minutes.',
  ],
  ['eleven minutes', { ...base, MUFI_TIMEOUT_MS: '660000' }, 'MUFI_TIMEOUT_MS is more than 600000.'],
  [
    'a user agent that no header carries',
    { ...base, MUFI_USER_AGENT: 'ä' },
    'MUFI_USER_AGENT has characters that a header cannot have.',
  ],
];

/** Five more keys. */
export const more = [fakeKey(), fakeKey(), fakeKey(), fakeKey(), fakeKey()] as const;
/** All variables that can be set together. */
export const everything: Variables = {
  ...base,
  MUFI_REVOKED_KEY: third,
  MUFI_LONG_LIVED_KEY: more[0],
  MUFI_OTHER_ENVIRONMENT_KEY: more[1],
  MUFI_OTHER_PROJECT_WRITE_KEY: more[2],
  MUFI_OTHER_PROJECT_READ_KEY: more[3],
  MUFI_OTHER_TOKEN: more[4],
  MUFI_CONTROL_URL: 'https://control.example/x/',
  MUFI_CONTROL_TOKEN: token,
  MUFI_JWKS_URL: 'https://keys.example/jwks',
  MUFI_REPLICA_URLS: 'http://one/, http://two',
  MUFI_HTTP_URL: 'http://in.the.clear:8080/api/',
  MUFI_MAX_RPS: '50',
  MUFI_CONCURRENCY: '8',
  MUFI_TIMEOUT_MS: '2000',
  MUFI_TIME_LIMIT: '1.5',
  MUFI_USER_AGENT: 'me/1',
  MUFI_PRODUCTION_HOSTS: 'prod.example, Other.Example',
};
