import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, type TestInfo, test } from '@playwright/test';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import { describeConfiguration } from '../../../../harness/engine/configuration/describe.ts';
import { readOptions, writeOptions } from '../../../../harness/engine/configuration/options.ts';
import { guardProduction } from '../../../../harness/engine/configuration/production.ts';
import { unlockOf } from '../../../../harness/engine/configuration/unlocks.ts';
import { meantVariable } from '../../../../harness/engine/configuration/variable-names.ts';
import { secretVariables, variableNames } from '../../../../harness/engine/configuration/variables.ts';
import type { Capability, RunOptions, TargetConfiguration } from '../../../../harness/model/index.ts';
import { misspelt, production } from '../../support/environment-names.ts';
import {
  base,
  command,
  everything,
  more,
  read,
  refused,
  third,
  token,
  unknown,
  type Variables,
  withoutWrite,
  write,
} from '../../support/environments.ts';
import { refusal } from '../../support/refusal.ts';
import { wordsOf } from '../../support/vocabulary.ts';

for (const [what, environment, sentence] of refused) {
  test(`${what} is refused in one sentence`, () => {
    expect(refusal(() => readConfiguration(environment))).toBe(sentence);
  });
}

for (const [name, meant] of misspelt) {
  test(`the unknown name "${name}" is refused with the right one`, () => {
    const sentence = refusal(() => readConfiguration({ ...base, [name]: '1' }));
    expect(sentence).toBe(unknown(name, meant));
  });
}

test('a name of ours that is far from every known one is refused as well, and others are not ours', () => {
  expect(variableNames.map(meantVariable)).toEqual(variableNames.map(() => undefined));
  expect(refusal(() => readConfiguration({ ...base, MUFI_FLAVOUR: 'x' }))).toMatch(
    /^The variable MUFI_FLAVOUR is not known; the nearest name is MUFI_\w+\. Rename or unset it\.$/,
  );
  expect(readConfiguration({ ...base, MUFI: 'x', MUFFIN_ENV: 'x', WRITEKEY: 'x', MUFI_ENV: '' })).toEqual(
    readConfiguration(base),
  );
});

const key = (value: string, variable: string, description: string) => ({ value, variable, description });

test('what is not said has a default', () => {
  expect(readConfiguration({ ...base, MUFI_BASE_URL: 'http://host//' })).toEqual({
    baseUrl: 'http://host',
    keys: {
      write: key(write, 'MUFI_WRITE_KEY', 'write key'),
      read: key(read, 'MUFI_READ_KEY', 'read key'),
    },
    control: undefined,
    jwksUrl: undefined,
    replicaUrls: [],
    maxRequestsPerSecond: undefined,
    concurrency: 16,
    timeoutMs: 10_000,
    timeLimitMs: 1_800_000,
    userAgent: undefined,
    productionHosts: ['api.mufi.app'],
  } satisfies TargetConfiguration);
  const { keys, baseUrl } = readConfiguration({});
  expect({ keys, baseUrl }).toEqual({ keys: {}, baseUrl: undefined });
});

test('everything that can be said is read', () => {
  expect(readConfiguration(everything)).toEqual({
    baseUrl: base.MUFI_BASE_URL,
    keys: {
      write: key(write, 'MUFI_WRITE_KEY', 'write key'),
      read: key(read, 'MUFI_READ_KEY', 'read key'),
      revoked: key(third, 'MUFI_REVOKED_KEY', 'revoked key'),
      'long-lived': key(more[0], 'MUFI_LONG_LIVED_KEY', 'long-lived key'),
      'other-environment': key(more[1], 'MUFI_OTHER_ENVIRONMENT_KEY', 'key of another environment'),
      'other-project-write': key(more[2], 'MUFI_OTHER_PROJECT_WRITE_KEY', 'write key of another project'),
      'other-project-read': key(more[3], 'MUFI_OTHER_PROJECT_READ_KEY', 'read key of another project'),
      'other-token': key(more[4], 'MUFI_OTHER_TOKEN', 'token that is not an API key'),
    },
    control: { kind: 'url', url: 'https://control.example/x', token },
    jwksUrl: 'https://keys.example/jwks',
    replicaUrls: ['http://one', 'http://two'],
    httpUrl: 'http://in.the.clear:8080/api',
    maxRequestsPerSecond: 50,
    concurrency: 8,
    timeoutMs: 2000,
    timeLimitMs: 90_000,
    userAgent: 'me/1',
    productionHosts: ['api.mufi.app', 'prod.example', 'other.example'],
  });
  const { control } = readConfiguration({ ...base, MUFI_CONTROL_COMMAND: command });
  expect(control).toEqual({ kind: 'command', command });
});

test('MUFI_API_KEY replaces the write key, but only if that is not set', () => {
  const standing = readConfiguration({ ...withoutWrite, MUFI_API_KEY: third });
  expect(standing.keys.write).toEqual(key(third, 'MUFI_API_KEY', 'write key'));
  const both = readConfiguration({ ...base, MUFI_API_KEY: third });
  expect(both.keys.write).toEqual(key(write, 'MUFI_WRITE_KEY', 'write key'));
});

test('the long-lived key may be the write key', () => {
  const { keys } = readConfiguration({ ...base, MUFI_LONG_LIVED_KEY: write });
  expect(keys['long-lived']?.value).toBe(write);
});

test('an empty value counts as unset, but for the base URL', () => {
  const empty = Object.fromEntries(variableNames.map((name) => [name, '']));
  expect(readConfiguration({ ...empty, ...base, MUFI_WRITEKEY: '' })).toEqual(readConfiguration(base));
  expect(refusal(() => readConfiguration(empty))).toBe(
    'MUFI_BASE_URL is set but empty; set it to the URL of the server you test, or unset it to test the embedded reference server.',
  );
});

function dotenv(info: TestInfo, text: string): string {
  const path = info.outputPath('.env');
  mkdirSync(info.outputDir, { recursive: true });
  writeFileSync(path, text);
  return path;
}

test('a .env file is read and the environment wins over it', () => {
  const info = test.info();
  const path = dotenv(
    info,
    `# a comment\nMUFI_BASE_URL=http://from-file\nexport MUFI_WRITE_KEY="${write}"\nMUFI_READ_KEY='${read}'\n`,
  );
  const fromFile = readConfiguration({}, path);
  expect([fromFile.baseUrl, fromFile.keys.write?.value, fromFile.keys.read?.value]).toEqual([
    'http://from-file',
    write,
    read,
  ]);
  const mixed = readConfiguration({ MUFI_BASE_URL: 'http://from-environment', MUFI_READ_KEY: third }, path);
  expect([mixed.baseUrl, mixed.keys.write?.value, mixed.keys.read?.value]).toEqual([
    'http://from-environment',
    write,
    third,
  ]);
});

test('a .env file is held to the same rules, may be missing and must be readable', () => {
  const info = test.info();
  const path = dotenv(info, `MUFI_WRITEKEY=${write}\n`);
  expect(refusal(() => readConfiguration({}, path))).toBe(unknown('MUFI_WRITEKEY', 'MUFI_WRITE_KEY'));
  expect(readConfiguration(base, info.outputPath('nothing'))).toEqual(readConfiguration(base));
  const folder = info.outputDir;
  expect(refusal(() => readConfiguration({}, folder))).toBe(`The file ${folder} cannot be read: EISDIR.`);
});

const configured = (variables: Variables = {}): TargetConfiguration =>
  readConfiguration({ ...base, ...variables });
const options: RunOptions = { ...readOptions({}), profiles: ['core'], strict: true };

for (const [what, variables, host] of production) {
  test(`${what} is rejected, and only read from if its name is repeated`, () => {
    const target = configured({
      MUFI_CONTROL_TOKEN: token,
      MUFI_CONTROL_URL: 'http://control',
      ...variables,
    });
    const sentence = `${host} is a production host; the suite sends forged keys to it only with --allow-production ${host}.`;
    const guard = (changes: Partial<RunOptions>) => guardProduction(target, { ...options, ...changes });
    expect(refusal(() => guard({}))).toBe(sentence);
    expect(refusal(() => guard({ mode: 'observe' }))).toBe(sentence);
    expect(refusal(() => guard({ allowProduction: 'mufi.app' }))).toBe(sentence);
    for (const mode of ['full', 'reject-only', 'observe'] as const) {
      const allowed = { ...options, mode, allowProduction: host };
      expect(guard(allowed)).toEqual({ ...allowed, mode: 'observe' });
    }
  });
}

test('other hosts are none of the guard’s business', () => {
  for (const url of ['https://dev.api.mufi.app', 'https://api.mufi.app.example', 'http://127.0.0.1']) {
    expect(guardProduction(configured({ MUFI_BASE_URL: url }), options)).toEqual(options);
  }
  const below = configured({ MUFI_BASE_URL: 'http://one.example', MUFI_PRODUCTION_HOSTS: '.ne.example' });
  expect(guardProduction(below, options)).toEqual(options);
  expect(guardProduction(readConfiguration({}), options)).toEqual(options);
});

test('every production host has to be repeated, in any spelling', () => {
  const target = configured({
    MUFI_BASE_URL: 'https://api.mufi.app',
    MUFI_REPLICA_URLS: 'https://one.example',
    MUFI_PRODUCTION_HOSTS: '.example',
  });
  const guard = (allowProduction: string) => guardProduction(target, { ...options, allowProduction });
  expect(refusal(() => guard('api.mufi.app'))).toBe(
    'one.example is a production host; the suite sends forged keys to it only with --allow-production api.mufi.app,one.example.',
  );
  expect(guard('One.Example., API.mufi.app').mode).toBe('observe');
  expect(refusal(() => guard('.example'))).toMatch(/^api\.mufi\.app is a production host;/);
});

test('a description of the configuration shows no secret', () => {
  const shown = describeConfiguration(configured(everything));
  expect(shown).toEqual([
    { name: 'MUFI_BASE_URL', value: base.MUFI_BASE_URL },
    ...secretVariables.slice(0, 8).map((name) => ({ name, value: 'set' })),
    { name: 'MUFI_CONTROL_URL', value: 'set' },
    { name: 'MUFI_CONTROL_TOKEN', value: 'set' },
    { name: 'MUFI_CONTROL_COMMAND', value: 'not set' },
    { name: 'MUFI_JWKS_URL', value: 'set' },
    { name: 'MUFI_REPLICA_URLS', value: 'http://one, http://two' },
    { name: 'MUFI_HTTP_URL', value: 'http://in.the.clear:8080/api' },
    { name: 'MUFI_WITHOUT', value: 'not set' },
    { name: 'MUFI_MAX_RPS', value: '50' },
    { name: 'MUFI_CONCURRENCY', value: '8' },
    { name: 'MUFI_TIMEOUT_MS', value: '2000' },
    { name: 'MUFI_TIME_LIMIT', value: '1.5' },
    { name: 'MUFI_USER_AGENT', value: 'me/1' },
  ]);
  const bare = describeConfiguration(readConfiguration({}));
  expect(bare[0]).toEqual({ name: 'MUFI_BASE_URL', value: 'not set: the embedded reference server' });
  const numbers = { MUFI_CONCURRENCY: '16', MUFI_TIMEOUT_MS: '10000', MUFI_TIME_LIMIT: '30' };
  expect(Object.fromEntries(bare.slice(1).map(({ name, value }) => [name, value]))).toEqual({
    ...Object.fromEntries(shown.slice(1).map(({ name }) => [name, 'not set'])),
    ...numbers,
  });
  const byCommand = describeConfiguration(configured({ MUFI_CONTROL_COMMAND: command }));
  expect(byCommand.filter(({ name }) => name.includes('CONTROL'))).toEqual([
    { name: 'MUFI_CONTROL_URL', value: 'not set' },
    { name: 'MUFI_CONTROL_TOKEN', value: 'not set' },
    { name: 'MUFI_CONTROL_COMMAND', value: 'set' },
  ]);
});

test('options pass from the command line to the workers, and have defaults', () => {
  const { profiles, depth, mode, strict } = options;
  const given = { profiles: [...profiles!], depth, mode, strict, out: 'out', selection: 'token/' };
  expect(readOptions(writeOptions(given))).toEqual({
    ...given,
    openapi: undefined,
    allowProduction: undefined,
  });
  expect(readOptions({})).toEqual({
    profiles: undefined,
    depth: 'full',
    mode: 'full',
    strict: false,
    openapi: undefined,
    out: 'reports/latest',
    allowProduction: undefined,
    selection: undefined,
  });
  expect(() => readOptions(writeOptions({ depth: 'deep' as 'full' }))).toThrow();
});

test('every capability says how it is unlocked, in variables that exist', () => {
  const capabilities = wordsOf('terms', 'Capability') as Capability[];
  expect(capabilities.length).toBeGreaterThan(10);
  for (const name of capabilities) {
    const { capability, sentence, variables } = unlockOf(name);
    expect(capability).toBe(name);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(variables.filter((variable) => !(variableNames as string[]).includes(variable))).toEqual([]);
    expect(variables.length).toBeGreaterThan(0);
  }
});
