import * as z from 'zod';
import type { SuppliedRole } from '../../model/index.ts';
import { readHostEntry } from './hosts.ts';
import { faultOfKey, faultOfUrl } from './supplied-text.ts';

const url = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) => faultOfUrl(String(input), 'http or https'),
    abort: true,
  })
  .refine((value) => !holdsUserInfo(value), 'has a user name or password; remove them from the URL');
/** A document, as `public-key` prints it, or where one is. */
const jwksUrl = z.string().superRefine((value, context) => {
  if (/^data:application\/json;base64,[A-Za-z0-9+/]+=*$/.test(value)) return;
  const [issue] = url.safeParse(value).error?.issues ?? [];
  if (issue !== undefined) context.addIssue(issue.message);
});
const plainUrl = z
  .url({ protocol: /^http$/, error: ({ input }) => faultOfUrl(String(input), 'http'), abort: true })
  .refine((value) => !holdsUserInfo(value), 'has a user name or password; remove them from the URL')
  .refine((value) => !/[?#]/.test(value), 'has a query or fragment; give the URL up to the path only');
const text = z.string().min(1, 'has an empty entry; remove the extra comma');
const count = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'is not a whole number above 0')
    .transform(Number)
    .refine((value) => value <= most, `is more than ${most}`);
/** At most one day. */
const longestMinutes = 1440;
const minutes = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,3})?$/, 'is not a number of minutes')
  .transform(Number)
  .refine((value) => value > 0, 'is not above 0')
  .refine((value) => value <= longestMinutes, `is more than ${longestMinutes}`);
const key = z.string().check(({ value, issues }) => {
  const message = faultOfKey(value);
  if (message !== undefined) issues.push({ code: 'custom', input: value, message });
});
const split = (value: string): string[] => value.split(',').map((part) => part.trim());
const urls = z.string().transform(split).pipe(z.array(url));
/** Without duplicates and in alphabetical order, so two equal claims compare as equal. */
const names = z
  .string()
  .transform(split)
  .pipe(z.array(text))
  .transform((list) => [...new Set(list)].sort());
/** In normal form, for comparison with the hosts of URLs. */
const host = z.string().transform((value, context) => {
  const entry = readHostEntry(value);
  if ('host' in entry) return entry.host;
  context.addIssue({ code: 'custom', message: entry.fault });
  return z.NEVER;
});
const hosts = z.string().transform(split).pipe(z.array(host));

/** Set in place of a key of another environment if the API has only one environment. */
export const noOtherEnvironment = 'none';

/** A variable with its meaning and default for the table in README.md. */
const variable = <One extends z.ZodType>(check: One, description: string, unset = '') =>
  check.optional().meta({ description, unset });

/** Every variable that the suite reads, with its check and its line of documentation. */
export const variablesSchema = z.object({
  MUFI_BASE_URL: variable(
    url,
    'the server you test, up to where `/v1` begins; set but empty is an error',
    'the embedded reference server',
  ),
  MUFI_WRITE_KEY: variable(key, 'write key of a project; `core` needs it', 'required with a base URL'),
  MUFI_API_KEY: variable(key, 'used as `MUFI_WRITE_KEY` if that is not set'),
  MUFI_READ_KEY: variable(key, 'read key of the same project; `core` needs it', 'required with a base URL'),
  MUFI_REVOKED_KEY: variable(
    key,
    'key that was regenerated or revoked before the run',
    'created by key control',
  ),
  MUFI_LONG_LIVED_KEY: variable(
    key,
    'write key issued long ago that must still work; at least 30 days old, if it says when it was issued',
  ),
  MUFI_OTHER_ENVIRONMENT_KEY: variable(
    z.literal(noOtherEnvironment).or(key),
    'key of another environment, or `none` if there is only one',
  ),
  MUFI_OTHER_PROJECT_WRITE_KEY: variable(key, 'write key of a second project', 'created by key control'),
  MUFI_OTHER_PROJECT_READ_KEY: variable(key, 'read key of the second project', 'created by key control'),
  MUFI_OTHER_TOKEN: variable(
    key,
    'JWT of the same issuer that is not an API key, such as a login token; it must be rejected',
  ),
  MUFI_CONTROL_URL: variable(url, 'key control over HTTP, see `schemas/control.openapi.yaml`'),
  MUFI_CONTROL_TOKEN: variable(
    z.string().min(16, 'is shorter than 16 characters; use a random token'),
    'token of key control, at least 16 characters',
  ),
  MUFI_CONTROL_COMMAND: variable(text, 'key control as a command: verb as last argument, JSON in, JSON out'),
  MUFI_JWKS_URL: variable(
    jwksUrl,
    'where the public key is, if it is public; for ECDSA it is recovered from two keys, for RSA by `public-key`',
    'from key control, then `/.well-known/jwks.json`',
  ),
  MUFI_REPLICA_URLS: variable(
    urls,
    'further base URLs of the same server, with commas; creating and revoking a key must take effect on all',
  ),
  MUFI_HTTP_URL: variable(
    plainUrl,
    'where the same server would answer plain HTTP',
    'port 80, if HTTPS has port 443',
  ),
  MUFI_WITHOUT: variable(
    names,
    'documented operations that the server does not implement, with commas',
    'none: every documented one is expected',
  ),
  MUFI_MAX_RPS: variable(count(100_000), 'requests a second, of the whole run', 'no limit'),
  MUFI_CONCURRENCY: variable(count(256), 'requests at a time, of the whole run', '16'),
  MUFI_TIMEOUT_MS: variable(count(600_000), 'milliseconds for one request', '10000'),
  MUFI_TIME_LIMIT: variable(minutes, 'minutes after which a run is interrupted', '30'),
  MUFI_USER_AGENT: variable(
    z.string().regex(/^[\x20-\x7e]+$/, 'has characters that a header cannot have'),
    'User-Agent of every request',
    '`mufi-auth-conformance/<version>`',
  ),
  MUFI_ANONYMOUS: variable(
    z.string().regex(/^[\w-]{1,64}$/, 'is not a seed; give 1, or up to 64 letters, digits and dashes'),
    '`1`, or a seed: no request shows that it comes from this suite',
    'every request says so',
  ),
  MUFI_PRODUCTION_HOSTS: variable(
    hosts,
    'further hosts to treat as production, with commas; `.example.com` is the domain and all below it',
    '`api.mufi.app` always is',
  ),
  MUFI_CERTIFICATE_KEY: variable(
    z.string(),
    'private JWK that `certify` signs with; no run and no target ever sees it',
  ),
});
export type Variables = z.infer<typeof variablesSchema>;
export type VariableName = keyof Variables;

/** The variable that holds the key of a role. */
export const keyVariables: Readonly<Record<SuppliedRole, VariableName>> = {
  write: 'MUFI_WRITE_KEY',
  read: 'MUFI_READ_KEY',
  revoked: 'MUFI_REVOKED_KEY',
  'long-lived': 'MUFI_LONG_LIVED_KEY',
  'other-environment': 'MUFI_OTHER_ENVIRONMENT_KEY',
  'other-project-write': 'MUFI_OTHER_PROJECT_WRITE_KEY',
  'other-project-read': 'MUFI_OTHER_PROJECT_READ_KEY',
  'other-token': 'MUFI_OTHER_TOKEN',
};

export const variableNames = Object.keys(variablesSchema.shape) as VariableName[];

/** What a variable means, and its default. */
export interface DescribedVariable {
  readonly name: string;
  readonly description: string;
  readonly unset: string;
}

/** Every variable with its line of documentation, in the order of the schema. */
export function describedVariables(): DescribedVariable[] {
  return Object.entries(variablesSchema.shape).map(([name, schema]) => {
    const { description = '', unset } = schema.meta() ?? {};
    return { name, description, unset: String(unset ?? '') };
  });
}

/** Variables whose values are never shown. */
export const secretVariables: readonly VariableName[] = [
  ...Object.values(keyVariables),
  'MUFI_API_KEY',
  'MUFI_CONTROL_TOKEN',
  'MUFI_CONTROL_COMMAND',
  'MUFI_CERTIFICATE_KEY',
];

function holdsUserInfo(value: string): boolean {
  const { username, password } = new URL(value);
  return username !== '' || password !== '';
}
