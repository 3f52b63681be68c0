import { randomBytes } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { defined } from '../../model/defined.ts';
import {
  type ControlAddress,
  type Key,
  privateMembers,
  type SuppliedRole,
  type TargetConfiguration,
} from '../../model/index.ts';
import { ConfigurationError } from './configuration-error.ts';
import { readDotenv } from './dotenv.ts';
import { plainUrlOf } from './plain-http.ts';
import { isOurs, meantVariable } from './variable-names.ts';
import {
  keyVariables,
  noOtherEnvironment,
  secretVariables,
  type Variables,
  variablesSchema,
} from './variables.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const roles: Readonly<Record<SuppliedRole, string>> = {
  write: 'write key',
  read: 'read key',
  revoked: 'revoked key',
  'long-lived': 'long-lived key',
  'other-environment': 'key of another environment',
  'other-project-write': 'write key of another project',
  'other-project-read': 'read key of another project',
  'other-token': 'token that is not an API key',
};

/**
 * Reads the target from environment variables, and from a `.env` file if one is given; the environment takes
 * precedence. An empty value counts as not set, except for the base URL: if a secret is missing in CI, the run must not
 * silently test the embedded reference server. Throws ConfigurationError.
 */
export function readConfiguration(environment: Environment, dotenvPath?: string): TargetConfiguration {
  const merged = mergedWith(environment, dotenvPath);
  const given = oursIn(merged);
  if (merged.MUFI_BASE_URL === '') {
    throw new ConfigurationError(
      'MUFI_BASE_URL is set but empty; set it to the URL of the server you test, or unset it to test the embedded reference server.',
    );
  }
  refuseMisspelt(Object.keys(given));
  const parsed = variablesSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigurationError(`${issue?.path[0]?.toString()} ${issue?.message}.`);
  }
  const variables = parsed.data;
  const keys = readKeys(variables);
  refuseHalfConfigured(variables, keys);
  const baseUrl = variables.MUFI_BASE_URL?.replace(/\/+$/, '');
  const httpUrl = variables.MUFI_HTTP_URL?.replace(/\/+$/, '') ?? plainUrlOf(baseUrl);
  const caFile = readAuthorities(merged.NODE_EXTRA_CA_CERTS);
  return {
    baseUrl,
    keys,
    control: readControl(variables),
    jwksUrl: variables.MUFI_JWKS_URL,
    replicaUrls: (variables.MUFI_REPLICA_URLS ?? []).map((url) => url.replace(/\/+$/, '')),
    maxRequestsPerSecond: variables.MUFI_MAX_RPS,
    concurrency: variables.MUFI_CONCURRENCY ?? 16,
    timeoutMs: variables.MUFI_TIMEOUT_MS ?? 10_000,
    timeLimitMs: (variables.MUFI_TIME_LIMIT ?? 30) * 60_000,
    userAgent: variables.MUFI_USER_AGENT,
    ...(variables.MUFI_ANONYMOUS === undefined ? {} : { anonymous: seedOf(variables.MUFI_ANONYMOUS) }),
    productionHosts: ['api.mufi.app', ...(variables.MUFI_PRODUCTION_HOSTS ?? [])],
    ...defined({ httpUrl }),
    ...(variables.MUFI_OTHER_ENVIRONMENT_KEY === noOtherEnvironment ? { onlyEnvironment: true } : {}),
    ...defined({ without: variables.MUFI_WITHOUT, caFile }),
  };
}

/** The variables of the suite that are set, in the environment or the `.env` file. */
export function givenVariables(
  environment: Environment,
  dotenvPath?: string,
): Partial<Record<string, string>> {
  return oursIn(mergedWith(environment, dotenvPath));
}

function oursIn(merged: Environment): Record<string, string> {
  const given = Object.entries(merged).flatMap(([name, value]) =>
    isOurs(name) && value ? [[name, value] as const] : [],
  );
  return Object.fromEntries(given);
}

function mergedWith(environment: Environment, dotenvPath: string | undefined): Environment {
  const file = dotenvIn(dotenvPath);
  return {
    ...file,
    ...environment,
    // If CI leaves a variable empty, the guard in the file must still apply.
    MUFI_PRODUCTION_HOSTS: environment.MUFI_PRODUCTION_HOSTS || file.MUFI_PRODUCTION_HOSTS,
  };
}

/**
 * The private key that signs certificates, from the environment or the `.env` file. It is not part of the target, so no
 * process that talks to a target ever has it.
 */
export function readCertificateKey(environment: Environment, dotenvPath?: string): string | undefined {
  return { ...dotenvIn(dotenvPath), ...environment }.MUFI_CERTIFICATE_KEY;
}

const dotenvIn = (path: string | undefined): Environment => (path === undefined ? {} : readDotenv(path));

/** Every secret value that is set, used or not: keys, token, and the private members of the signing key. */
export function configuredSecrets(environment: Environment, dotenvPath?: string): string[] {
  const values = [dotenvIn(dotenvPath), environment].flatMap((source) =>
    secretVariables
      .filter((name) => name !== 'MUFI_CONTROL_COMMAND')
      .flatMap((name) => (name === 'MUFI_CERTIFICATE_KEY' ? privateParts(source[name]) : [source[name]])),
  );
  const known = values.filter((value) => value !== undefined && value !== '' && value !== noOtherEnvironment);
  return [...new Set(known as string[])];
}

/** If no seed is given, each run uses a new one. */
export function seedOf(given: string): string {
  return ['1', 'true'].includes(given) ? randomBytes(8).toString('hex') : given;
}

/** The private members of a JWK; if the text is not a JWK, the whole text. */
function privateParts(text: string | undefined): (string | undefined)[] {
  try {
    const jwk = JSON.parse(text ?? '') as Readonly<Record<string, unknown>>;
    return privateMembers.map((name) => jwk[name]).filter((part) => typeof part === 'string');
  } catch {
    return [text];
  }
}

/** Node reads this variable itself when a process starts; here a `.env` file or a self-test may set it. */
function readAuthorities(path: string | undefined): string | undefined {
  if (path === undefined || path === '') return undefined;
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`The file ${path} of NODE_EXTRA_CA_CERTS cannot be read: ${code}.`);
  }
  throw new ConfigurationError(`${path} of NODE_EXTRA_CA_CERTS is not a file.`);
}

function refuseMisspelt(names: readonly string[]): void {
  for (const name of names) {
    const meant = meantVariable(name);
    if (meant === undefined) continue;
    throw new ConfigurationError(
      meant.alike
        ? `The variable ${name} is not known; it looks like ${meant.name}. Rename it.`
        : `The variable ${name} is not known; the nearest name is ${meant.name}. Rename or unset it.`,
    );
  }
}

function readKeys(variables: Variables): TargetConfiguration['keys'] {
  const keys: Partial<Record<SuppliedRole, Key>> = {};
  for (const role of Object.keys(keyVariables) as SuppliedRole[]) {
    const name = keyVariables[role];
    const own = variables[name];
    const fallback = role === 'write' ? variables.MUFI_API_KEY : undefined;
    const value = own ?? fallback;
    if (typeof value !== 'string' || value === noOtherEnvironment) continue;
    const variable = own === undefined ? 'MUFI_API_KEY' : name;
    keys[role] = { value, variable, description: roles[role] };
  }
  return keys;
}

function refuseHalfConfigured(variables: Variables, keys: TargetConfiguration['keys']): void {
  if (variables.MUFI_BASE_URL === undefined) {
    const stray = Object.keys(variables).find(
      (name) =>
        !/CONCURRENCY|TIMEOUT|TIME_LIMIT|MAX_RPS|USER_AGENT|ANONYMOUS|PRODUCTION|CERTIFICATE|WITHOUT/.test(
          name,
        ),
    );
    if (stray !== undefined) {
      throw new ConfigurationError(
        `${stray} is set but MUFI_BASE_URL is not, so there is no server to test with it; set MUFI_BASE_URL, or unset ${stray} to test the embedded reference server.`,
      );
    }
    return;
  }
  if (/[?#]/.test(variables.MUFI_BASE_URL)) {
    throw new ConfigurationError('MUFI_BASE_URL has a query or fragment; give the URL up to the path only.');
  }
  if (keys.write === undefined && keys.read === undefined) {
    throw new ConfigurationError(
      `${keyVariables.write} and ${keyVariables.read} are not set; the core profile needs a write key and a read key of one project, so set both to keys of the target.`,
    );
  }
  for (const role of ['write', 'read'] as const) {
    if (keys[role] === undefined) {
      throw new ConfigurationError(
        `${keyVariables[role]} is not set; the core profile needs a write key and a read key of one project, so set it to the target's ${role} key.`,
      );
    }
  }
  const seen = new Map<string, string>();
  for (const { value, variable } of Object.values(keys)) {
    const twin = seen.get(value);
    if (twin !== undefined && !isLongLivedPair(twin, variable)) {
      throw new ConfigurationError(
        `${twin} and ${variable} hold the same key; each of them needs its own key.`,
      );
    }
    seen.set(value, variable);
  }
}

/** The write key may also be the key that was issued long ago. */
function isLongLivedPair(one: string, other: string): boolean {
  return one === 'MUFI_LONG_LIVED_KEY' || other === 'MUFI_LONG_LIVED_KEY';
}

function readControl(variables: Variables): ControlAddress | undefined {
  const { MUFI_CONTROL_URL: url, MUFI_CONTROL_TOKEN: token, MUFI_CONTROL_COMMAND: command } = variables;
  if (command !== undefined && url !== undefined) {
    throw new ConfigurationError(
      'MUFI_CONTROL_COMMAND and MUFI_CONTROL_URL are both set; unset one of them.',
    );
  }
  if (command !== undefined) return { kind: 'command', command };
  if (url === undefined && token === undefined) return undefined;
  if (url === undefined || token === undefined) {
    const [set, unset] = url === undefined ? ['TOKEN', 'URL'] : ['URL', 'TOKEN'];
    throw new ConfigurationError(
      `MUFI_CONTROL_${set} is set but MUFI_CONTROL_${unset} is not; key control needs both.`,
    );
  }
  return { kind: 'url', url: url.replace(/\/+$/, ''), token };
}
