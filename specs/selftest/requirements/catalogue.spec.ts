import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../harness/engine/configuration/operations.ts';
import { templateFilters } from '../../../harness/engine/credentials/present.ts';
import { allScenarios, expand } from '../../../harness/engine/matrix/expand.ts';
import type { Capability, Presentation, Scenario } from '../../../harness/model/index.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';
import { repositoryFiles, textOf } from '../support/imports.ts';
import { goneFrom, type Ids, lockFor, readLock, updating, writeLock } from '../support/released.ts';
import { wordsOf } from '../support/vocabulary.ts';

if (updating) test.describe.configure({ mode: 'serial' });

const requirements = catalogue.flatMap((family) => family.requirements);
const scenarios = allScenarios(catalogue);
const named = scenarios.map(({ id, scenario }) => [id, scenario] as const);
const kebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Texts that occur more than once. */
function repeated(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text, index) => texts.indexOf(text) !== index))];
}

test('ids are words joined by hyphens, below the id of what owns them, and occur once', () => {
  const families = catalogue.map(({ id }) => id);
  expect(families.filter((id) => !kebab.test(id))).toEqual([]);
  const wrong = catalogue.flatMap((family) =>
    family.requirements
      .map(({ id }) => id)
      .filter((id) => !id.startsWith(`${family.id}/`) || !kebab.test(id.slice(family.id.length + 1))),
  );
  expect(wrong).toEqual([]);
  expect(named.filter(([, { id }]) => !kebab.test(id)).map(([id]) => id)).toEqual([]);
  const ids = [...families, ...requirements.map(({ id }) => id), ...named.map(([id]) => id)];
  expect(repeated(ids)).toEqual([]);
  // The report adds this one to requirements that observe every exchange.
  expect(named.filter(([, { id }]) => id === 'elsewhere').map(([id]) => id)).toEqual([]);
});

test('every requirement is one sentence with a source on the web and an advice', () => {
  for (const { id, sentence, source, advice } of requirements) {
    expect(sentence, id).toMatch(/^[A-Z"][^\n]*[^.\s]\.$/);
    expect(sentence, id).not.toMatch(/[^0-9A-Z]\. /);
    expect(sentence.length, id).toBeLessThan(120);
    expect(advice, id).toMatch(/^[A-Z][^\n]*[^.\s]\.$/);
    expect(advice.length, id).toBeLessThan(120);
    expect(source.document, id).toMatch(/^(Mufi, [A-Z]|RFC \d+$|OWASP [A-Z])/);
    expect(source.section, id).toMatch(/\S/);
    expect(new URL(source.link).protocol, id).toBe('https:');
  }
  expect(repeated(requirements.map(({ sentence }) => sentence))).toEqual([]);
});

test('an RFC is cited by a section that the link leads to', () => {
  const rfcs = requirements.filter(({ source }) => source.document.startsWith('RFC '));
  for (const { id, source } of rfcs) {
    const number = source.document.slice(4);
    const section = source.section.split(' ')[0];
    expect(source.section, id).toMatch(/^\d+(\.\d+)* \S/);
    expect(source.link, id).toBe(`https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`);
  }
  expect(rfcs.length).toBeGreaterThan(10);
});

test('every MUST of core comes from Mufi or from a statement about signed tokens and their transport', () => {
  const must = requirements.filter(({ level, profile }) => level === 'MUST' && profile === 'core');
  const sources = new Set(must.map(({ source }) => source.document));
  const speaking = ['RFC 6750', 'RFC 7515', 'RFC 7517', 'RFC 7519', 'RFC 8725', 'RFC 9110'];
  expect([...sources].filter((name) => !name.startsWith('Mufi') && !speaking.includes(name))).toEqual([]);
});

test('titles are facts without a full stop, and no requirement has the same one twice', () => {
  const modal = /\b(should|must|shall|ought|test that|verif(y|ies) that|ensures?)\b/i;
  const wrong = named
    .map(([id, { title }]) => [id, title] as const)
    .filter(([, title]) => modal.test(title) || /[.\s]$|^[^a-zA-Z"']|\n/.test(title));
  expect(wrong).toEqual([]);
  expect(catalogue.map(({ title }) => title).filter((title) => !/^[A-Z].*[^.]$/.test(title))).toEqual([]);
  const twice = requirements.flatMap(({ id, scenarios: own }) =>
    repeated(own.map(({ title }) => title)).map((title) => `${id}: ${title}`),
  );
  expect(twice).toEqual([]);
});

const modals = /\b(should|shall|ought)\b/i;
test('sentences say what is and not what ought to be', () => {
  expect(requirements.map(({ sentence }) => sentence).filter((sentence) => modals.test(sentence))).toEqual(
    [],
  );
});

test('there are enough of them', () => {
  const operations = operationsOf(bundledDocument);
  const capabilities = new Map(
    (wordsOf('terms', 'Capability') as Capability[]).map((name) => [name, 'have'] as const),
  );
  const planned = expand(catalogue, { operations, capabilities, depth: 'full', mode: 'full' });
  const cells = planned.reduce((sum, { operations: own }) => sum + own.length, 0);
  expect(requirements.length).toBeGreaterThanOrEqual(40);
  expect(scenarios.length).toBeGreaterThanOrEqual(150);
  expect(cells).toBeGreaterThan(2000);
  expect(requirements.filter((one) => one.scenarios.length === 0)).toEqual([]);
});

test('every requirement that watches every exchange watches for something of its own', () => {
  const watching = requirements.filter(({ observe }) => observe !== undefined);
  expect(watching.map(({ observe }) => observe as string).sort()).toEqual(
    wordsOf('catalogue', 'Observation').sort(),
  );
  const unwatched = requirements
    .filter(
      ({ observe, scenarios: own }) => observe === undefined && own.some((one) => one.expect === 'observed'),
    )
    .map(({ id }) => id);
  expect(unwatched).toEqual([]);
  const judged = watching.flatMap(({ id, scenarios: own }) =>
    own.filter((one) => one.expect !== 'observed').map((one) => `${id}/${one.id}`),
  );
  expect(judged).toEqual([]);
});

/** Every text of a presentation. */
function textsOf({ headers, query, json, form, lines = [], trailer = '' }: Presentation): string[] {
  return [headers, query, json, form].flatMap((fields) => Object.values(fields ?? {})).concat(lines, trailer);
}

/** The words that scenarios use, by vocabulary. */
const used: Readonly<Record<string, (scenario: Scenario) => readonly unknown[]>> = {
  Expectation: ({ expect: wanted }) => [wanted],
  Procedure: ({ procedure }) => [procedure],
  Preparation: ({ prepare }) => [prepare],
  OperationSelector: ({ to }) => [to],
  PathSpelling: ({ spelling }) => [spelling],
};

for (const [vocabulary, read] of Object.entries(used)) {
  test(`every word of ${vocabulary} is used by a scenario`, () => {
    const words = new Set(scenarios.flatMap(({ scenario }) => read(scenario)));
    expect(wordsOf('catalogue', vocabulary).filter((word) => !words.has(word))).toEqual([]);
  });
}

test('every edit of a signature, spelling of a public key, key, capability and filter is used', () => {
  const forgeries = scenarios.flatMap(({ scenario: { forge } }) => (forge === undefined ? [] : [forge]));
  const text = JSON.stringify(forgeries);
  const missing = (type: string): string[] =>
    wordsOf('credential', type).filter((word) => !text.includes(JSON.stringify(word)));
  expect(missing('SignatureEdit')).toEqual([]);
  expect(missing('PublicKeySpelling')).toEqual([]);
  expect(missing('Signing')).toEqual(['kept']);
  const keys = new Set(
    scenarios.map(({ scenario: { key, prepare } }) => key ?? (prepare === undefined ? 'write' : 'prepared')),
  );
  expect(wordsOf('terms', 'KeyRole').filter((role) => !keys.has(role as never))).toEqual([]);
  const needs = new Set(
    [...requirements, ...scenarios.map(({ scenario }) => scenario)].flatMap((one) => one.needs ?? []),
  );
  // Every run has the two keys.
  const others = ['write-key', 'read-key', 'replicas'];
  const unused = wordsOf('terms', 'Capability').filter((name) => !needs.has(name as Capability));
  expect(unused.filter((name) => !others.includes(name))).toEqual([]);
  const templates = scenarios.flatMap(({ scenario }) => textsOf(scenario.present ?? {})).join(' ');
  const filters = new Set([...templates.matchAll(/\{(?:key|second)\|([^}]+)\}/g)].map(([, name]) => name));
  expect([...filters].sort()).toEqual([...templateFilters].sort());
});

test('every fault that a scenario catches exists', () => {
  const known = new Set(faults.map(({ id }) => id));
  const unknown = named.flatMap(([id, { catches }]) =>
    catches.filter((fault) => !known.has(fault)).map((fault) => `${id}: ${fault}`),
  );
  expect(unknown).toEqual([]);
});

test('no file outside of the operations and their document lists operations', () => {
  const rooms = ['harness/model', 'harness/engine', 'harness/report', 'specs/requirements'];
  const files = repositoryFiles(...rooms).filter(
    (file) => !file.startsWith('harness/engine/matrix/operations/'),
  );
  const code = (file: string): string => textOf(file).replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, '');
  const ids = operationsOf(bundledDocument).map(({ id }) => id);
  const listing = files.flatMap((file) =>
    ids.filter((id) => code(file).includes(`'${id}'`)).map((id) => `${file}: ${id}`),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(listing).toEqual([]);
});

test('a scenario that needs what only key control makes says so', () => {
  const wanting = scenarios
    .filter(({ requirement, scenario: { prepare, needs = [] } }) => {
      const has = [...(requirement.needs ?? []), ...needs];
      return prepare !== undefined && !has.includes('key-control');
    })
    .map(({ id }) => id);
  expect(wanting).toEqual([]);
  const moving = scenarios
    .filter(({ scenario }) => /after/.test(scenario.prepare ?? ''))
    .filter(
      ({ requirement, scenario }) =>
        ![...(requirement.needs ?? []), ...(scenario.needs ?? [])].includes('clock'),
    )
    .map(({ id }) => id);
  expect(moving).toEqual([]);
});

const current: Ids = {
  families: catalogue.map(({ id }) => id),
  requirements: requirements.map(({ id }) => id),
  scenarios: named.map(([id]) => id),
};
const how = 'UPDATE_IDS=1 npx playwright test -c specs/selftest/playwright.config.ts catalogue.spec';

test('what is released stays, and what is not can be taken back', () => {
  const ids = (...requirements: string[]): Ids => ({ families: ['a'], requirements, scenarios: [] });
  const released = ids('a/old');
  const lock = lockFor(released, ids('a/old', 'a/tried'), false);
  expect(lock).toEqual({
    ...released,
    unreleased: { families: [], requirements: ['a/tried'], scenarios: [] },
  });
  expect(lockFor(lock, ids('a/old', 'a/new'), false).unreleased.requirements).toEqual(['a/new']);
  const next = lockFor(lock, ids('a/old', 'a/new'), true);
  expect([next.requirements, next.unreleased.requirements]).toEqual([['a/new', 'a/old'], []]);
  expect(lockFor(next, ids('a/new'), false).requirements).toEqual(['a/new', 'a/old']);
  expect(goneFrom(ids('a/new'), next)).toEqual(['a/old']);
});

test('no released id is gone: reports, baselines and -g patterns out there name them', () => {
  const gone = goneFrom(current, readLock());
  expect(gone, 'give these their ids back; an id never changes once it is released').toEqual([]);
});

// The last test of the file: while ids are updated, the tests run one after the other, and the first failure ends them.
test('every id is in ids.lock.json, in order and once', () => {
  const lock = lockFor(readLock(), current);
  if (updating) writeLock(lock);
  expect(readLock(), `write the ids down with: ${how}`).toEqual(lock);
});
