import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { fillWith, present } from '../../../../harness/engine/credentials/present.ts';
import { allScenarios, type CapabilityState, expand } from '../../../../harness/engine/matrix/expand.ts';
import { limitToDepth, limitToMode, selectOperations } from '../../../../harness/engine/matrix/selectors.ts';
import type {
  Capability,
  Depth,
  Family,
  Mode,
  Operation,
  OperationSelector,
  Requirement,
  Scenario,
} from '../../../../harness/model/index.ts';
import { sentenceOf } from '../../../../harness/report/render/reasons/index.ts';
import { catalogue } from '../../../requirements/index.ts';
import { wordsOf } from '../../support/vocabulary.ts';

const operations = operationsOf(bundledDocument);
const reads = operations.filter(({ permission }) => permission === 'read').length;
const ids = (chosen: readonly Operation[]): string[] => chosen.map(({ id }) => id);

test('at depth quick one read and one write operation represent all', () => {
  const quick = (selector: OperationSelector): string[] =>
    ids(limitToDepth(selectOperations(selector, operations), 'quick'));
  expect(quick('every operation')).toEqual(['POST /v1/users/profile', 'POST /v1/users/create']);
  expect(quick('every read operation')).toEqual(['POST /v1/users/profile']);
  expect(quick('every write operation')).toEqual(['POST /v1/users/create']);
  expect(limitToDepth([], 'quick')).toEqual([]);
  expect(limitToDepth(operations, 'full')).toEqual(operations);
});

const scenario = (more: Partial<Scenario> = {}): Scenario => ({
  id: 'x',
  title: 'x',
  to: 'every operation',
  expect: 'unauthorized',
  catches: [],
  ...more,
});

test('a mode leaves write operations out unless one request must be rejected', () => {
  const left = (more: Partial<Scenario>, mode: Mode): string => {
    const chosen = limitToMode(operations, scenario(more), mode);
    const counts = [chosen.length, chosen.filter(({ permission }) => permission === 'write').length];
    return counts.join(' of them ');
  };
  const expectations = wordsOf('catalogue', 'Expectation') as Scenario['expect'][];
  const table = expectations.map((wanted) => [
    wanted,
    ...(['observe', 'reject-only', 'full'] as const).map((mode) => left({ expect: wanted }, mode)),
  ]);
  const [none, all] = [`${reads} of them 0`, `${operations.length} of them ${operations.length - reads}`];
  expect(table).toEqual(
    expectations.map((wanted) => [wanted, none, /^(un|forb)/.test(wanted) ? all : none, all]),
  );
  const procedure = { procedure: 'refused writes leave no trace' } as const;
  expect([left(procedure, 'reject-only'), left(procedure, 'full')]).toEqual([none, all]);
});

const everything = new Map(
  (wordsOf('terms', 'Capability') as Capability[]).map((name) => [name, 'have' as CapabilityState]),
);
const planIn = (mode: Mode, depth: Depth = 'full') =>
  expand(catalogue, { operations, capabilities: everything, depth, mode });

test('what is tried on all operations at every depth: no key, a revoked key, writing with a read key, and reading what others own', () => {
  const whole = planIn('full', 'quick').filter(({ operations: sent }) => sent.length > 2);
  expect(whole.map(({ id }) => id)).toEqual([
    'presentation/key-required/no-header',
    'presentation/key-required/right-after-the-owner',
    'permissions/read-key-does-not-write/valid-request',
    'regeneration/revoked-key-rejected/every-operation',
    'isolation/nothing-foreign-by-name/by-id-read-key',
  ]);
});

const thingIds = { project: 'p', event: 'e', user: 'u', address: 'a', product: 'q', item: 'i', thing: 't' };

/** Whether the first request of a cell has an active write key where Mufi expects it. */
function presentsLivingWriteKey({ key, prepare, forge, present: how, procedure }: Scenario): boolean {
  if (procedure !== undefined) return true;
  if (forge !== undefined) return false;
  const role = key ?? (prepare === undefined ? 'write' : 'prepared');
  const living = /^(fresh write|sibling|key before|key after ten)/.test(prepare ?? '');
  const writes = /^(write|long-lived|other-project-write)$/.test(role);
  const prepared = role === 'successor' ? prepare?.includes('write') : role === 'prepared' && living;
  if (!writes && prepared !== true) return false;
  return present(how, fillWith('a-b.C_d.efg', 'h-i.J_k.lmn', thingIds)).headers.some(
    ([name, value]) =>
      /^authorization$/i.test(name) && /^bearer +(.*)$/i.exec(value)?.[1]?.trim() === 'a-b.C_d.efg',
  );
}

test('over the whole catalogue only the mode full sends an active write key to a write operation', () => {
  const daring = (mode: Mode): string[] =>
    planIn(mode)
      .filter((planned) => presentsLivingWriteKey(planned.scenario))
      .flatMap(({ id, operations: own }) =>
        own.filter(({ permission }) => permission === 'write').map((operation) => `${id} @ ${operation.id}`),
      );
  expect(daring('observe')).toEqual([]);
  expect(daring('reject-only')).toEqual([]);
  expect(daring('full').length).toBeGreaterThan(100);
});

test('over the whole catalogue observe reads and reject-only writes only to be refused', () => {
  const writes = (mode: Mode) =>
    planIn(mode).filter(({ operations: own }) => own.some(({ permission }) => permission === 'write'));
  expect(writes('observe')).toEqual([]);
  const wanted = new Set(writes('reject-only').map((planned) => planned.scenario.expect.split(',')[0]));
  expect([...wanted].sort()).toEqual(['forbidden', 'unauthorized']);
  expect(writes('reject-only').filter((planned) => planned.scenario.procedure !== undefined)).toEqual([]);
});

const requirement = (id: string, more: Partial<Requirement> = {}): Requirement => ({
  id,
  level: 'MUST',
  profile: 'core',
  sentence: 'A sentence.',
  source: { document: 'd', section: 's', link: 'https://example.org' },
  advice: 'Advice.',
  scenarios: [scenario()],
  ...more,
});
const small = (...requirements: Requirement[]): Family[] => [{ id: 'f', title: 'F', requirements }];

test('a scenario is named after its family, requirement and own id, in reading order', () => {
  const two = small(
    requirement('f/one', { scenarios: [scenario({ id: 'b' }), scenario({ id: 'a' })] }),
    requirement('f/two'),
  );
  expect(allScenarios(two).map(({ id }) => id)).toEqual(['f/one/b', 'f/one/a', 'f/two/x']);
});

test('what a run has, lacks or cannot have decides what is planned', () => {
  const capabilities = new Map<Capability, CapabilityState>([
    ['write-key', 'have'],
    ['read-key', 'missing'],
    ['replicas', 'missing'],
    ['clock', 'absent'],
    ['public-key', 'absent'],
  ]);
  const plan = (
    needs: Capability[],
    ofScenario: Capability[],
    more: Partial<Scenario> = {},
    mode: Mode = 'full',
  ) => {
    const one = requirement('f/one', { needs, scenarios: [scenario({ needs: ofScenario, ...more })] });
    const [planned] = expand(small(one), { operations, capabilities, depth: 'full', mode });
    const { operations: own, skip } = planned!;
    return [
      own.length,
      ...(skip === undefined ? [] : [skip.verdict, sentenceOf(skip.because), skip.missing]),
    ];
  };
  expect(plan([], [])).toEqual([operations.length]);
  expect(plan(['write-key'], [])).toEqual([operations.length]);
  expect(plan(['read-key'], ['write-key'])).toEqual([
    0,
    'not-tested',
    'this run has no read-key',
    ['read-key'],
  ]);
  expect(plan(['read-key'], ['replicas'])).toEqual([
    0,
    'not-tested',
    'this run has no read-key, replicas',
    ['read-key', 'replicas'],
  ]);
  expect(plan([], ['clock'])).toEqual([
    0,
    'not-applicable',
    'the target does not offer clock: key control does not list the feature clock',
    [],
  ]);
  expect(plan(['read-key', 'public-key'], ['clock'])).toEqual([
    0,
    'not-applicable',
    'the target does not offer public-key, clock: key control does not list the feature clock',
    [],
  ]);
  const offering = 'every write operation that offers the request';
  expect(plan([], [], { to: offering, request: 'unknown-id' })).toEqual([
    0,
    'not-applicable',
    'the target implements none of the operations that this scenario uses',
    [],
  ]);
  expect(plan([], [], { to: 'every write operation' }, 'observe')).toEqual([
    0,
    'not-tested',
    'mode observe leaves out every operation that this scenario uses',
    [],
  ]);
  expect(plan([], [], { expect: 'accepted' }, 'reject-only')).toEqual([reads]);
});

test('with everything at hand nothing of the catalogue is skipped but what is about claims', () => {
  const skipped = planIn('full').filter(({ skip }) => skip !== undefined);
  expect(skipped.filter(({ scenario: { to } }) => to !== 'every operation that is claimed absent')).toEqual(
    [],
  );
  expect([...new Set(skipped.map(({ skip }) => skip && sentenceOf(skip.because)))]).toEqual([
    'no operation is claimed as not implemented',
  ]);
  expect(planIn('full').map(({ id }) => id)).toEqual(allScenarios(catalogue).map(({ id }) => id));
});
