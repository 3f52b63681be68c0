import type { Forgery, JsonValue } from '../../../harness/model/index.ts';
import type { Row } from '../each.ts';

const named = (kid: JsonValue): Pick<Row, 'forge'> => ({
  forge: { header: { set: { kid } }, sign: 'stranger' },
});
const withSecret = (kid: JsonValue, secret: string): { readonly forge: Forgery } => ({
  forge: { header: { set: { kid, alg: 'HS256' } }, sign: { hmac: 'HS256', secret } },
});

const odd: readonly Row[] = [
  {
    id: 'empty',
    title: 'the key id is an empty text',
    ...named(''),
    catches: [
      'empty-kid-unverified',
      'signature-ignored',
      'version-public',
      'bad-signature-forbidden',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'null',
    title: 'the key id is null',
    ...named(null),
    catches: ['header-type-crashes', 'empty-kid-unverified'],
  },
  {
    id: 'number',
    title: 'the key id is a number',
    ...named(0),
    catches: ['header-type-crashes', 'empty-kid-unverified'],
  },
  {
    id: 'boolean',
    title: 'the key id is true',
    ...named(true),
    catches: ['header-type-crashes', 'kid-type-crashes'],
  },
  {
    id: 'array',
    title: 'the key id is a list',
    ...named(['conformance']),
    catches: ['header-type-crashes', 'kid-type-crashes'],
  },
  {
    id: 'object',
    title: 'the key id is an object with a database operator',
    ...named({ $ne: null }),
    catches: ['header-type-crashes', 'kid-type-crashes'],
  },
  {
    id: 'long',
    title: 'the key id is 2,000 characters long',
    ...named('x'.repeat(2_000)),
    catches: ['long-kid-crashes'],
  },
];

/** Files whose content everybody knows, and how a verifier gets there. */
const files: readonly Row[] = [
  {
    id: 'traversal',
    title: 'the key id is a path to an empty file, which is the secret',
    ...withSecret('../../../../../../dev/null', ''),
    catches: ['kid-path-unverified', 'kid-below-folder-is-secret'],
  },
  {
    id: 'traversal-to-setting',
    title: 'the key id is a path to a setting of Linux, which is the secret',
    ...withSecret('../../../../../../proc/sys/kernel/randomize_va_space', '2\n'),
    catches: ['kid-below-folder-is-secret'],
  },
  {
    id: 'device',
    title: 'the key id is /dev/null and the secret is empty',
    ...withSecret('/dev/null', ''),
    catches: ['kid-path-unverified', 'kid-file-is-secret'],
  },
  {
    id: 'setting',
    title: 'the key id names a setting of Linux, which is the secret',
    ...withSecret('/proc/sys/kernel/randomize_va_space', '2\n'),
    catches: ['kid-file-is-secret'],
  },
  {
    id: 'setting-without-newline',
    title: 'the key id names a setting of Linux, and the secret is that without its line break',
    ...withSecret('/proc/sys/kernel/randomize_va_space', '2'),
    catches: ['kid-trimmed-file-is-secret'],
  },
  {
    id: 'system-name',
    title: 'the key id names the file in which Linux says what it is',
    ...withSecret('/proc/sys/kernel/ostype', 'Linux\n'),
    catches: ['kid-file-is-secret'],
  },
  {
    id: 'zero-byte',
    title: 'the key id is /dev/null and a zero byte, and the secret is empty',
    ...withSecret('/dev/null\u0000', ''),
    catches: ['kid-cut-at-zero-byte'],
  },
];

const interpreted: readonly Row[] = [
  {
    id: 'database',
    title: 'the key id is a database query that answers the secret',
    ...withSecret("x' UNION SELECT 'conformance'-- ", 'conformance'),
    catches: ['kid-injection-unverified', 'kid-query-is-secret'],
  },
  {
    id: 'database-double-quotes',
    title: 'the key id is a database query in double quotes that answers the secret',
    ...withSecret('x" UNION SELECT "conformance"-- ', 'conformance'),
    catches: ['kid-query-is-secret'],
  },
  {
    id: 'database-all',
    title: 'the key id is a database query of MySQL that answers the secret',
    ...withSecret("x' UNION ALL SELECT 'conformance';#", 'conformance'),
    catches: ['kid-query-is-secret'],
  },
  {
    id: 'database-two-columns',
    title: 'the key id is a database query for two columns that answers the secret',
    ...withSecret("x' UNION SELECT 'conformance','conformance'-- ", 'conformance'),
    catches: ['kid-query-of-columns-is-secret'],
  },
  {
    id: 'database-three-columns',
    title: 'the key id is a database query for three columns that answers the secret',
    ...withSecret("x' UNION SELECT 'conformance','conformance','conformance'-- ", 'conformance'),
    catches: ['kid-query-of-columns-is-secret'],
  },
  {
    id: 'database-parenthesis',
    title: 'the key id closes a parenthesis and is a database query that answers the secret',
    ...withSecret("x') UNION SELECT 'conformance'-- ", 'conformance'),
    catches: ['kid-query-in-parentheses-is-secret'],
  },
  {
    id: 'database-number',
    title: 'the key id is a number and a database query that answers the secret',
    ...withSecret("0 UNION SELECT 'conformance'", 'conformance'),
    catches: ['kid-query-of-number-is-secret'],
  },
  {
    id: 'command',
    title: 'the key id is a shell command whose output is the secret',
    ...withSecret('|echo conformance', 'conformance\n'),
    catches: ['kid-command-is-secret'],
  },
  {
    id: 'template',
    title: 'the key id is a template expression whose value is the secret',
    ...withSecret('{{7*7}}', '49'),
    catches: ['kid-template-is-secret'],
  },
  {
    id: 'prototype',
    title: 'the key id is __proto__ and the secret is how that reads in JavaScript',
    ...withSecret('__proto__', '[object Object]'),
    catches: ['unknown-kid-unverified', 'kid-property-is-secret'],
  },
  {
    id: 'constructor',
    title: 'the key id is constructor and the secret is how that reads in JavaScript',
    ...withSecret('constructor', 'function Object() { [native code] }'),
    catches: ['unknown-kid-unverified', 'kid-property-is-secret'],
  },
];

/** Whoever sees a key knows its key id. */
const repeated: readonly Row[] = [
  {
    id: 'itself',
    title: 'the key id of the issuer is the secret of an HMAC',
    forge: { header: { set: { alg: 'HS256' } }, sign: { hmac: 'HS256', secret: { keyId: true } } },
    catches: ['kid-is-secret', 'known-kid-is-secret'],
  },
  {
    id: 'itself-made-up',
    title: 'the key id is made up and is the secret of an HMAC',
    ...withSecret('conformance', 'conformance'),
    catches: ['kid-is-secret', 'unknown-kid-unverified'],
  },
];

/** Key ids that are no names of keys: by type, as the name of a file, and as what somebody carries out. */
export const keyIds: readonly Row[] = [...odd, ...files, ...interpreted, ...repeated];
