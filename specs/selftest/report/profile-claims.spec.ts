import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { describeConfiguration } from '../../../harness/engine/configuration/describe.ts';
import { readOptions } from '../../../harness/engine/configuration/options.ts';
import { unseenState } from '../../../harness/engine/run/index.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { catalogue } from '../../requirements/index.ts';
import { runEngine } from '../support/engine.ts';
import { base } from '../support/environments.ts';
import { fakeKey } from '../support/keys.ts';
import { family, header, report, requirement, result, scenario } from '../support/reports.ts';

const old = requirement('f/old', {
  profile: 'lifecycle',
  scenarios: [
    scenario('supplied', { needs: ['long-lived-key'] }),
    scenario('by-clock', { needs: ['key-control', 'clock'] }),
  ],
});
const unlocks = [{ capability: 'long-lived-key', sentence: 'Set it.', variables: ['MUFI_LONG_LIVED_KEY'] }];
type State = 'have' | 'missing' | 'absent';

/** The result of the profile lifecycle with these states of a long-lived key and of a clock. */
function lifecycleWith(key: State, clock: State, requestedProfiles?: ['lifecycle']) {
  const capabilities: [string, State][] = [
    ['long-lived-key', key],
    ['key-control', 'have'],
    ['clock', clock],
  ];
  const verdictOf = (state: State) => (state === 'have' ? 'pass' : 'not-tested');
  const results = [
    result('f/old/supplied', verdictOf(key)),
    result('f/old/by-clock', clock === 'absent' ? 'not-applicable' : verdictOf(clock)),
  ];
  const asked = requestedProfiles === undefined ? {} : { requestedProfiles };
  const made = report(family(old), results, { header: header({ capabilities, unlocks, ...asked }) });
  const found = made.profiles.find(({ id }) => id === 'lifecycle');
  return [found?.verdict, found?.reason];
}

test('a profile is claimed by itself if each MUST can be tested in at least one way', () => {
  expect(lifecycleWith('have', 'absent')[0]).toBe('conformant');
  expect(lifecycleWith('missing', 'have')[0]).toBe('conformant');
});

test('a MUST that nothing can test leaves its profile unclaimed, and the reason names what to set', () => {
  const lacks = 'f/old needs long-lived-key (MUFI_LONG_LIVED_KEY)';
  expect(lifecycleWith('missing', 'absent')).toEqual(['not-claimed', lacks]);
  expect(lifecycleWith('missing', 'missing')).toEqual(['not-claimed', lacks]);
});

test('each thing that a profile needs is named once, with how many of its MUSTs need it', () => {
  const made = report(
    family(
      old,
      requirement('f/older', { profile: 'lifecycle', needs: ['long-lived-key'] }),
      requirement('f/regenerated', { profile: 'lifecycle', needs: ['key-control'] }),
    ),
    ['f/old/supplied', 'f/old/by-clock', 'f/older/one', 'f/regenerated/one'].map((id) =>
      result(id, 'not-tested'),
    ),
    {
      header: header({
        unlocks,
        capabilities: [
          ['long-lived-key', 'missing'],
          ['key-control', 'missing'],
          ['clock', 'missing'],
        ],
      }),
    },
  );
  expect(made.profiles.find(({ id }) => id === 'lifecycle')?.reason).toBe(
    'f/old and 1 more need long-lived-key (MUFI_LONG_LIVED_KEY); f/regenerated needs key-control',
  );
});

test('a requested profile is partial, with the requirement and what to set', () => {
  expect(lifecycleWith('missing', 'absent', ['lifecycle'])).toEqual([
    'partial',
    'f/old was not tested because long-lived-key (MUFI_LONG_LIVED_KEY) is missing',
  ]);
});

test('key control that is set and does not work is never conformant, unless profiles were named', () => {
  const answer = { controlRefused: 'key control answers describe with 401' };
  const tried = (more: object) =>
    report(family(requirement('f/a')), [result('f/a/one', 'pass')], {
      header: header({ ...answer, ...more }),
    });
  const silently = tried({});
  expect([silently.verdict, exitCodeOf(silently)]).toEqual(['partial', 2]);
  expect(silently.reason).toContain(
    'key control is configured but failed: key control answers describe with 401',
  );
  expect(tried({ requestedProfiles: ['core'] }).verdict).toBe('conformant');
});

test('against a server, a wrong token of key control is exit code 2', async () => {
  const server = await startReference();
  const { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY, MUFI_CONTROL_URL } = server.environment;
  const keys = { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY, MUFI_CONTROL_URL } as Record<string, string>;
  try {
    const made = await runEngine(
      { ...keys, MUFI_CONTROL_TOKEN: 'a token that nobody issued' },
      { depth: 'quick', families: ['token'] },
    );
    expect([made.verdict, exitCodeOf(made)]).toEqual(['partial', 2]);
  } finally {
    await server.close();
  }
});

test('a target with one environment says so, and the other environment does not apply', async () => {
  const target = readConfiguration({ ...base, MUFI_OTHER_ENVIRONMENT_KEY: 'none' });
  expect([target.onlyEnvironment, target.keys['other-environment']]).toEqual([true, undefined]);
  expect(describeConfiguration(target)).toContainEqual({ name: 'MUFI_OTHER_ENVIRONMENT_KEY', value: 'none' });
  const state = unseenState({ target, baseUrl: 'http://x', options: readOptions({}), catalogue });
  expect(new Map(state.capabilities).get('other-environment-key')).toBe('absent');
});

test('a token that has expired shows nothing', () => {
  const seconds = Math.floor(Date.now() / 1000);
  const holding = (exp: number | undefined) => () =>
    unseenState({
      target: readConfiguration({ ...base, MUFI_OTHER_TOKEN: fakeKey(exp === undefined ? {} : { exp }) }),
      baseUrl: 'http://x',
      options: readOptions({}),
      catalogue,
    });
  expect(holding(seconds - 60)).toThrow(
    'MUFI_OTHER_TOKEN has expired, as its claim exp says; set one that is still valid, or unset it.',
  );
  expect(holding(seconds + 3600)).not.toThrow();
  expect(holding(undefined)).not.toThrow();
});

test('a key of today is no long-lived key', () => {
  const days = (ago: number): number => Math.floor(Date.now() / 1000) - ago * 86_400;
  const holding = (iat: number | undefined) => () =>
    unseenState({
      target: readConfiguration({ ...base, MUFI_LONG_LIVED_KEY: fakeKey(iat === undefined ? {} : { iat }) }),
      baseUrl: 'http://x',
      options: readOptions({}),
      catalogue,
    });
  expect(holding(days(3))).toThrow(
    'MUFI_LONG_LIVED_KEY was issued 3 days ago, by its claim iat; set a key that is at least 30 days old, or unset it.',
  );
  expect(holding(days(31))).not.toThrow();
  expect(holding(undefined)).not.toThrow();
});

test('a read key is no long-lived key: it may not write, however old it is', () => {
  const key = (claims: Record<string, unknown>) => fakeKey({ iat: 1, ...claims });
  const holding = (old: string) => () =>
    unseenState({
      target: readConfiguration({
        ...base,
        MUFI_WRITE_KEY: key({ scope: ['write', 'read'] }),
        MUFI_READ_KEY: key({ scope: ['read'] }),
        MUFI_LONG_LIVED_KEY: old,
      }),
      baseUrl: 'http://x',
      options: readOptions({}),
      catalogue,
    });
  expect(holding(key({ scope: ['read'] }))).toThrow(
    'MUFI_LONG_LIVED_KEY is a read key, by its claim scope; set a write key, or unset it.',
  );
  expect(holding(key({ scope: ['write', 'read'] }))).not.toThrow();
  expect(holding(key({}))).not.toThrow();
});
