import * as z from 'zod';
import type { SuppliedRole } from '../model.ts';
import { readHostEntry } from './hosts.ts';
import { faultOfKey, faultOfUrl } from './supplied-text.ts';

const url = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) => faultOfUrl(String(input), 'http or https'),
    abort: true,
  })
  .refine((value) => !holdsUserInfo(value), 'holds a user name or password; remove them from the URL');
const plainUrl = z
  .url({ protocol: /^http$/, error: ({ input }) => faultOfUrl(String(input), 'http'), abort: true })
  .refine((value) => !holdsUserInfo(value), 'holds a user name or password; remove them from the URL')
  .refine((value) => !/[?#]/.test(value), 'holds a query or fragment; give the URL up to the path only');
const text = z.string().min(1, 'holds an empty entry; remove the comma too many');
const count = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'is not a whole number above 0')
    .transform(Number)
    .refine((value) => value <= most, `is more than ${most}`);
/** A day at most. */
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
/** Each once and in one order, so that two that claim the same are equal. */
const names = z
  .string()
  .transform(split)
  .pipe(z.array(text))
  .transform((list) => [...new Set(list)].sort());
/** In the one spelling that the hosts of URLs are held against. */
const host = z.string().transform((value, context) => {
  const entry = readHostEntry(value);
  if ('host' in entry) return entry.host;
  context.addIssue({ code: 'custom', message: entry.fault });
  return z.NEVER;
});
const hosts = z.string().transform(split).pipe(z.array(host));

/** In place of a key of another environment: there is none. */
export const noOtherEnvironment = 'none';

/** Every variable that the suite reads, with its check. */
export const variablesSchema = z.object({
  MUFI_BASE_URL: url.optional(),
  MUFI_WRITE_KEY: key.optional(),
  MUFI_API_KEY: key.optional(),
  MUFI_READ_KEY: key.optional(),
  MUFI_REVOKED_KEY: key.optional(),
  MUFI_LONG_LIVED_KEY: key.optional(),
  MUFI_OTHER_ENVIRONMENT_KEY: z.literal(noOtherEnvironment).or(key).optional(),
  MUFI_OTHER_PROJECT_WRITE_KEY: key.optional(),
  MUFI_OTHER_PROJECT_READ_KEY: key.optional(),
  MUFI_CONTROL_URL: url.optional(),
  MUFI_CONTROL_TOKEN: z.string().min(16, 'is shorter than 16 characters; use a random token').optional(),
  MUFI_CONTROL_COMMAND: text.optional(),
  MUFI_JWKS_URL: url.optional(),
  MUFI_REPLICA_URLS: urls.optional(),
  MUFI_HTTP_URL: plainUrl.optional(),
  MUFI_WITHOUT: names.optional(),
  MUFI_MAX_RPS: count(100_000).optional(),
  MUFI_CONCURRENCY: count(256).optional(),
  MUFI_TIMEOUT_MS: count(600_000).optional(),
  MUFI_TIME_LIMIT: minutes.optional(),
  MUFI_USER_AGENT: z
    .string()
    .regex(/^[\x20-\x7e]+$/, 'holds characters that no header can carry')
    .optional(),
  MUFI_ANONYMOUS: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'is no seed: 1, or up to 64 letters, digits and dashes')
    .optional(),
  MUFI_PRODUCTION_HOSTS: hosts.optional(),
  MUFI_CERTIFICATE_KEY: z.string().optional(),
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
};

export const variableNames = Object.keys(variablesSchema.shape) as VariableName[];

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
