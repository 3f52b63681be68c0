import { expect, test } from '@playwright/test';
import { describeExpectation, judge } from '../../../../harness/engine/verdict/expectations.ts';
import {
  describeAnswer,
  headersOf,
  type JudgeInput,
  type Judgement,
  SuiteFault,
  verdictOfFindings,
} from '../../../../harness/engine/verdict/judgement.ts';
import { defined } from '../../../../harness/model/defined.ts';
import type { Exchange, Expectation, Finding, FindingKind, Level } from '../../../../harness/model/index.ts';
import { sentenceOf } from '../../../../harness/report/render/reasons/index.ts';
import { exchange, jsonResponse, operationsById } from '../../support/exchanges.ts';
import { wordsOf } from '../../support/vocabulary.ts';

const statuses = [200, 201, 204, 301, 400, 401, 403, 404, 405, 409, 413, 422, 429, 431, 500, 503];

/** The meaning of a letter in the table. */
const kinds: Readonly<Record<string, readonly [FindingKind, Level?]>> = {
  L: ['let-in', 'MUST'],
  l: ['let-in'],
  m: ['let-in', 'SHOULD'],
  K: ['leak'],
  k: ['leak', 'MUST'],
  R: ['redirect'],
  S: ['server-error'],
  W: ['wrong-status'],
  w: ['wrong-status', 'SHOULD'],
  X: ['shut-out'],
};

interface Case {
  readonly expectation: Expectation;
  /** Passes, is undecided, or has the findings of the letters above, one letter per status. */
  readonly letters: string;
  readonly succeeds?: boolean;
  readonly operation?: string;
  readonly foreign?: boolean;
  /** Known ids of the other project. */
  readonly ids?: readonly string[];
}

const write = 'POST /v1/users/create';
const accepted = 'P P P R U X X U U U U U U U S U';
const tolerated = 'P P P R P X X P P P P P P P S U';
const order = 'L L L R w W P w P w W w U W S U';
const hidden = 'R P U P P W P W P U W S U';
const shown = 'k k k k k k k k k k k k k';
const unknown = 'R U U U U W U W U U W S U';
const cases: readonly Case[] = [
  { expectation: 'unauthorized', letters: 'L L L R W P W W W W W W U W S U' },
  { expectation: 'unauthorized, 400 tolerated', letters: 'L L L R w P W W W W W W U W S U' },
  { expectation: 'unauthorized, leniency tolerated', letters: 'm m m R w P W m W m W m U W S U' },
  { expectation: 'unauthorized, or too large', letters: 'L L L R P P W W W W P W U P S U' },
  { expectation: 'unauthorized, or no such path', letters: 'L L L R W P W P P W W W U W S U' },
  { expectation: 'forbidden', letters: 'L L L R W W P W P W W W U W S U' },
  { expectation: 'forbidden', succeeds: false, letters: 'L L L R U W P U P U W U U W S U' },
  { expectation: 'forbidden, order of checks tolerated', letters: order },
  { expectation: 'forbidden, order of checks tolerated', succeeds: false, letters: order },
  { expectation: 'accepted', letters: accepted },
  { expectation: 'accepted', operation: write, letters: 'P P P R P X X P P P U P U U S U' },
  { expectation: 'accepted', succeeds: false, letters: tolerated },
  { expectation: 'accepted, 401 undecided', letters: accepted.replace('X', 'U') },
  { expectation: 'accepted, 401 undecided', succeeds: false, letters: tolerated.replace('X', 'U') },
  { expectation: 'not found', letters: `K K K ${hidden}` },
  { expectation: 'not found', succeeds: false, letters: `K K K ${unknown}` },
  { expectation: 'not found', operation: write, letters: `l l l ${hidden}` },
  { expectation: 'nothing of another project', letters: `P P P ${hidden}` },
  { expectation: 'nothing of another project', succeeds: false, letters: `U U U ${unknown}` },
  { expectation: 'nothing of another project', ids: [], letters: `U U U ${unknown}` },
  { expectation: 'nothing of another project', foreign: true, letters: `K K K ${shown}` },
  { expectation: 'nothing of another project', foreign: true, operation: write, letters: `l l l ${shown}` },
  { expectation: 'nothing unnamed of another project', letters: `P P P ${hidden}` },
  { expectation: 'nothing unnamed of another project', succeeds: false, letters: `U U U ${unknown}` },
  { expectation: 'nothing unnamed of another project', ids: [], letters: `U U U ${unknown}` },
  { expectation: 'nothing unnamed of another project', foreign: true, letters: `K K K ${shown}` },
  {
    expectation: 'nothing unnamed of another project',
    foreign: true,
    operation: write,
    letters: `l l l ${shown}`,
  },
  { expectation: 'shows nothing of the project', letters: 'P P P P P P P P P P P P P P S U' },
  { expectation: 'shows nothing of the project', ids: [], letters: 'U U U U U U U U U U U U U U S U' },
  { expectation: 'shows nothing of the project', foreign: true, letters: 'K K K K K K K K K K K K K K S U' },
  { expectation: 'refused as malformed', letters: 'W W W R P P W W W W W W U W S U' },
  { expectation: 'not let in', letters: 'L L L P P P P P P P P P P P S U' },
  { expectation: 'no way in', letters: 'P P P P P P P P P P P P P P S U' },
  { expectation: 'no way in', foreign: true, letters: 'L L L P P P P P P P P P P P S U' },
  { expectation: 'no redirect', letters: 'P P P R P P P P P P P P P P P P' },
  { expectation: 'key not repeated', letters: 'P P P P P P P P P P P P P P P P' },
  { expectation: 'no such operation', letters: 'L L L P P P P P P P P P P P S U' },
  { expectation: 'no server error', letters: 'P P P P P P P P P P P P P P S S' },
  { expectation: 'observed', letters: 'P P P P P P P P P P P P P P P P' },
];

const input = (
  made: Exchange,
  {
    succeeds = true,
    operation = 'GET /v1/version',
    ids = ['foreign-id-1', 'foreign-id-2'],
  }: Partial<Case> = {},
): JudgeInput => ({
  requirement: 'family/requirement',
  exchange: made,
  operation: operationsById.get(operation)!,
  succeeds,
  otherProjectIds: ids,
});

function judged(one: Case, status: number): Judgement {
  const body = { id: one.foreign === true ? 'foreign-id-2' : 'own-id' };
  return judge(one.expectation, input(exchange(jsonResponse(status, body)), one));
}

test('every expectation is in the table', () => {
  const words = wordsOf('catalogue', 'Expectation');
  expect([...new Set(cases.map(({ expectation }) => expectation))]).toEqual(words);
});

for (const one of cases) {
  const { expectation, succeeds = true, operation = 'a read operation', foreign = false, ids, letters } = one;
  const where = [
    operation,
    succeeds ? '' : 'unsure to succeed',
    foreign ? 'something foreign in it' : '',
    ids === undefined ? '' : 'nothing foreign known',
  ];
  test(`"${expectation}" on ${where.filter(Boolean).join(', ')} finds exactly what the table says`, () => {
    const found = statuses.map((status) => {
      const { findings, undecided } = judged(one, status);
      if (undecided !== undefined) return [status, 'undecided', findings.length];
      expect(findings.length).toBeLessThanOrEqual(1);
      return [status, ...findings.map(({ kind, level }) => [kind, level])];
    });
    const wanted = letters.split(' ').map((letter, index) => {
      const status = statuses[index];
      if (letter === 'P') return [status];
      if (letter === 'U') return [status, 'undecided', 0];
      const [kind, level] = kinds[letter]!;
      return [status, [kind, level]];
    });
    expect(found).toEqual(wanted);
  });

  for (const level of ['MUST', 'SHOULD'] as const) {
    test(`"${expectation}" on ${where.filter(Boolean).join(', ')} gives the right verdict at ${level}`, () => {
      const verdicts = (strict: boolean): string[] =>
        statuses.map((status) => verdictOfFindings(judged(one, status).findings, level, strict));
      const worst = (letter: string): string =>
        letter === 'L' || letter === 'k' || (!'wm'.includes(letter) && level === 'MUST') ? 'fail' : 'warn';
      const clean = (letter: string): boolean => letter === 'P' || letter === 'U';
      const row = letters.split(' ');
      expect(verdicts(false)).toEqual(row.map((letter) => (clean(letter) ? 'pass' : worst(letter))));
      expect(verdicts(true)).toEqual(row.map((letter) => (clean(letter) ? 'pass' : 'fail')));
    });
  }
}

test('a finding says what was expected, what came and where', () => {
  const message = (expectation: Expectation, status: number, more: Partial<Case> = {}): unknown => {
    const { findings, undecided } = judged({ expectation, letters: '', ...more }, status);
    return undecided === undefined ? findings[0]?.message : sentenceOf(undecided);
  };
  expect(judged(cases[0]!, 200).findings).toEqual([
    {
      kind: 'let-in',
      requirement: 'family/requirement',
      message: '401 was expected; the answer is 200 application/json, accepted',
      exchange: 'x-1',
      level: 'MUST',
      tells: '200 application/json',
    },
  ] satisfies Finding[]);
  expect(message('unauthorized', 301)).toBe(
    '401 was expected; the answer is a redirect (301 application/json)',
  );
  expect(message('unauthorized', 500)).toBe('401 was expected; the server fails with 500 application/json');
  expect(message('unauthorized', 403)).toBe('401 was expected; the answer is 403 application/json');
  expect(message('unauthorized, or too large', 404)).toBe(
    '401 was expected; the answer is 404 application/json',
  );
  expect(message('unauthorized, 400 tolerated', 400)).toBe(
    '401 was expected; the answer is 400: RFC 6750, section 3.1, allows 400 for a malformed Authorization value',
  );
  expect(message('forbidden', 404, { succeeds: false })).toBe(
    'what the request names could not be created or found in the target, so the answer proves nothing',
  );
  expect(message('forbidden, order of checks tolerated', 404)).toBe(
    '403 was expected; the answer is 404: the content is checked before the permission',
  );
  expect(message('accepted', 401, { operation: write })).toBe(
    '201 was expected; the answer is 401 application/json, rejected',
  );
  expect(message('accepted', 403, { succeeds: false })).toBe(
    'anything but 401 or 403 was expected; the answer is 403 application/json, rejected',
  );
  expect(message('accepted', 404)).toBe(
    'the answer is 404 application/json: the key is not rejected, but the request does not succeed either',
  );
  expect(message('accepted, 401 undecided', 401)).toBe(
    'the key of the other project gets 401, so it may not be an active key of this target',
  );
  expect(message('not found', 200)).toBe('404 was expected; 200 shows what belongs to the other project');
  expect(message('not found', 201, { operation: write })).toBe(
    '404 was expected; 201 changes what belongs to the other project',
  );
  // In a list, only a named id can be recognised as another project's.
  const foreign = { foreign: true };
  expect(message('nothing of another project', 200, foreign)).toBe(
    '200 shows foreign-id-2, which belongs to the other project',
  );
  expect(message('not found', 201, { operation: write, ...foreign })).toBe(
    '404 was expected; 201 changes foreign-id-2, which belongs to the other project',
  );
  expect(message('refused as malformed', 200)).toBe(
    '400 or 401 was expected; the answer is 200 application/json',
  );
  expect(message('not let in', 201)).toBe(
    'a rejection was expected; the answer is 201 application/json, accepted',
  );
  expect(message('no server error', 503)).toBe('the server fails with 503');
});

test('every expectation says in words what it wants', () => {
  const words = wordsOf('catalogue', 'Expectation') as Expectation[];
  expect(Object.fromEntries(words.map((word) => [word, describeExpectation(word)]))).toEqual({
    unauthorized: '401',
    'unauthorized, 400 tolerated': '401',
    'unauthorized, leniency tolerated': '401',
    'unauthorized, or too large': '401, or 400, 413, 414, 431 for its size',
    'unauthorized, or no such path': '401 or 404',
    forbidden: '403',
    'forbidden, order of checks tolerated': '403',
    accepted: 'success',
    'accepted, 401 undecided': 'success',
    'not found': '404',
    'nothing of another project': '404, or an answer without anything of the other project',
    'nothing unnamed of another project':
      '404, or an answer without anything of the other project but what the request names',
    'shows nothing of the project': 'an answer without anything of the project',
    'refused as malformed': '400 or 401',
    'not let in': 'any rejection',
    'no way in': 'anything but a success of the operation',
    'no redirect': 'anything but a redirect',
    'key not repeated': 'an answer without the key',
    'no server error': 'anything but a server error',
    'no such operation': 'the answer of a path that does not exist',
    observed: 'nothing wrong in any exchange of the run',
  });
});

for (const expectation of new Set(cases.map((one) => one.expectation))) {
  test(`"${expectation}" decides nothing if the answer is missing or cannot be had`, () => {
    for (const kind of ['unreachable', 'timeout', 'broken', 'rate-limited'] as const) {
      const failure = { kind, message: `why: ${kind}` };
      const silent = judge(expectation, input(exchange(undefined, { failure })));
      const undecided = { code: 'no-answer', parameters: { message: `why: ${kind}` } };
      expect(silent).toEqual({ findings: [], undecided });
      const limited = judge(expectation, input(exchange({ status: 429 }, { failure })));
      expect(limited).toEqual({ findings: [], undecided });
    }
    const fault = exchange(undefined, { failure: { kind: 'suite', message: 'our own fault' } });
    expect(() => judge(expectation, input(fault))).toThrow(new SuiteFault('our own fault'));
    expect(() => judge(expectation, input(exchange(undefined)))).toThrow(
      new SuiteFault('an exchange has neither response nor failure'),
    );
  });
}

test('the worst finding decides: a MUST fails, a SHOULD warns, and strict makes no difference between them', () => {
  const finding = (level?: Level): Finding => ({
    kind: 'bad-body',
    requirement: 'r',
    message: 'm',
    ...defined({ level }),
  });
  const verdicts = (findings: Finding[]): string[] =>
    (['MUST', 'SHOULD'] as const).flatMap((level) =>
      [false, true].map((strict) => verdictOfFindings(findings, level, strict)),
    );
  expect(verdicts([])).toEqual(['pass', 'pass', 'pass', 'pass']);
  expect(verdicts([finding()])).toEqual(['fail', 'fail', 'warn', 'fail']);
  expect(verdicts([finding('SHOULD')])).toEqual(['warn', 'fail', 'warn', 'fail']);
  expect(verdicts([finding('SHOULD'), finding('MUST')])).toEqual(['fail', 'fail', 'fail', 'fail']);
});

test('an answer is described by its status, and by its type if it has a body', () => {
  const typed = (type: string, body: string): Exchange =>
    exchange({ status: 418, headers: [['CONTENT-type', type]], body });
  expect(describeAnswer(typed('text/html; charset=utf-8', '<p>'))).toBe('418 text/html');
  expect(describeAnswer(typed('text/html', ''))).toBe('418');
  expect(describeAnswer(exchange({ status: 200, body: 'x' }))).toBe('200');
  expect(describeAnswer(exchange(undefined, { failure: { kind: 'timeout', message: 'late' } }))).toBe('late');
  expect(describeAnswer(exchange(undefined))).toBe('no answer');
  const headers = Object.entries({ 'X-A': '1', 'x-b': '2', 'x-A': '3' });
  expect(headersOf(exchange({ headers }), 'x-a')).toEqual(['1', '3']);
});
