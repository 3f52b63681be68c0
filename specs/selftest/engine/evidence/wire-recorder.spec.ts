import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../../harness/engine/run/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { catalogue } from '../../../requirements/index.ts';
import { runEngine } from '../../support/engine.ts';
import { type Recorder, startRecorder, WireReader } from '../../support/recorder.ts';
import { startSockets } from '../../support/server.ts';

/**
 * What a reader reports about bytes that arrive in these pieces, over a connection that then ends. `null` is an answer.
 */
function saidOf(...pieces: readonly (string | null)[]): { wrong: string[]; messages: number } {
  const reader = new WireReader();
  for (const piece of pieces) {
    if (piece === null) reader.answered();
    else reader.sent(Buffer.from(piece, 'latin1'));
  }
  reader.ended();
  return { wrong: reader.faults.map(({ wrong }) => wrong), messages: reader.messages };
}

const get = 'GET /v1/version?a=%20 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n';
const post = (fields: string, body = ''): string =>
  `POST /v1/x HTTP/1.1\r\nHost: [::1]:80\r\nX: \u00a0a\tb \u00e9\r\n${fields}\r\n${body}`;
const chunked = 'Transfer-Encoding: chunked\r\n';

for (const [what, messages, ...pieces] of [
  ['a request', 1, get],
  ['one after the other', 2, get, null, get, null],
  ['a body with its length', 1, post('Content-Length: 2\r\n', '{}')],
  ['no body with its length', 1, post('Content-Length: 0\r\n')],
  ['a field without a value', 1, post('A:\r\nB: \r\nContent-Length: 0\r\n')],
  ['chunks and a trailer', 1, post(chunked, '2;x="y"\r\n{}\r\n0\r\nA: b\r\n\r\n')],
  ['what comes in pieces', 1, ...post(chunked, '2\r\n{}\r\n0\r\n\r\n')],
  ['a request that its answer cuts short', 0, post('Content-Length: 9\r\n', '{}'), null],
] as const) {
  test(`the recorder takes ${what} for well framed`, () => {
    expect(saidOf(...pieces)).toEqual({ wrong: [], messages });
  });
}

const [leftBehind, incomplete] = ['bytes are left behind it', 'it is not complete'];
for (const [what, wrong, ...pieces] of [
  [
    'a body of OPTIONS without a length',
    leftBehind,
    'OPTIONS /v1/x HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\r\n{}',
  ],
  ['a body that is longer than its length', leftBehind, post('Content-Length: 1\r\n', '{}')],
  ['a body that is shorter than its length', incomplete, post('Content-Length: 3\r\n', '{}')],
  ['two requests in one piece', leftBehind, get + get],
  ['a request before the answer', 'it came before the one in front of it was answered', get, get],
  ['a body that comes later', 'no request line', get, null, '{"a":1}\r\n'],
  ['a head without its end', incomplete, 'GET / HTTP/1.1\r\nHost: a\r\n'],
  ['no Host', 'not exactly one Host', 'GET / HTTP/1.1\r\n\r\n'],
  ['two Hosts', 'not exactly one Host', 'GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n'],
  ['a Host that is none', 'not exactly one Host', 'GET / HTTP/1.1\r\nHost: a/b\r\n\r\n'],
  ['two lengths', 'framed more than once', post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}')],
  ['length and chunks', 'framed more than once', post(`Content-Length: 2\r\n${chunked}`, '0\r\n\r\n')],
  ['a signed length', 'a length that is not a number', post('Content-Length: +2\r\n', '{}')],
  ['another coding', 'a transfer coding other than chunked', post('Transfer-Encoding: gzip\r\n', 'x')],
  ['a chunk without a size', 'a chunk without its size', post(chunked, '{}\r\n0\r\n\r\n')],
  ['a chunk that is too long', 'a chunk longer than its size', post(chunked, '1\r\n{}\r\n0\r\n\r\n')],
  ['chunks without an end', incomplete, post(chunked, '2\r\n{}\r\n0\r\n')],
  ['a trailer field that is none', 'a trailer field that is none', post(chunked, '0\r\nA b\r\n\r\n')],
  ['another version', 'no request line', 'GET / HTTP/1.0\r\nHost: a\r\n\r\n'],
  ['two spaces', 'no request line', 'GET  / HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a whole URL', 'a target that is not a path and a query', 'GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a raw byte', 'a target that is not a path and a query', 'GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['half an escape', 'a target that is not a path and a query', 'GET /%2 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['bare line feeds', 'no request line', 'GET / HTTP/1.1\nHost: a\n\n'],
  ['TLS', 'no request line', '\u0016\u0003\u0001\u0002\u0000'],
] as const) {
  test(`the recorder notices ${what}`, () => {
    expect(saidOf(...pieces).wrong).toEqual([wrong]);
  });
}

for (const line of [
  'A : b',
  ': b',
  'A',
  ' folded',
  'A: b\u0000',
  'A: b\u0001',
  'A: b\rC: d',
  'A\u00e9: b',
  'A: \u007f',
]) {
  test(`the recorder notices the field line ${JSON.stringify(line)}`, () => {
    const said = saidOf(`GET / HTTP/1.1\r\nHost: a\r\nB: c\r\n${line}\r\n\r\n`);
    expect(said.wrong).toEqual([expect.stringContaining('a field line that is none')]);
  });
}

test('the recorder changes no byte, and knows the request', async () => {
  const seen: Buffer[] = [];
  const server = await startSockets((socket, _index, bytes) => {
    seen.push(bytes);
    socket.end('\u0000answer\u00ff', 'latin1');
  });
  const recorder = await startRecorder(server.url);
  try {
    const sent = Buffer.from('GET / HTTP/1.1\r\nX-Request-Id: mac-1\r\nA : \u0000\u00ff\r\n\r\n', 'latin1');
    const socket = connect(Number(new URL(recorder.url).port), '127.0.0.1', () => socket.write(sent));
    const got: Buffer[] = [];
    for await (const bytes of socket) got.push(bytes as Buffer);
    expect(Buffer.concat(seen)).toEqual(sent);
    expect(Buffer.concat(got).toString('latin1')).toBe('\u0000answer\u00ff');
    expect(recorder.readers.flatMap(({ faults }) => faults.map(({ id }) => id))).toEqual(['mac-1']);
  } finally {
    await recorder.close();
    await server.close();
  }
});

/** Scenarios with literal header lines or a literal trailer: only they may break the grammar. */
const malforming = new Set(
  allScenarios(catalogue).flatMap(({ id, scenario: { present } }) =>
    (present?.lines ?? []).length > 0 || present?.trailer !== undefined ? [id] : [],
  ),
);

/** Their first line is not what the strict reader expects: another version, a whole URL, a fragment. */
const asUsual = /^\{(lower-)?method\} \{target\}(\?[!-~]*)? HTTP\/1\.1$/;
const otherwiseBegun = allScenarios(catalogue).flatMap(({ id, scenario: { present } }) =>
  present?.requestLine === undefined || asUsual.test(present.requestLine) ? [] : [id],
);
for (const id of otherwiseBegun) malforming.add(id);

/** Runs everything against the reference server, with a recorder in front of each of its addresses. */
async function recorded(depth: 'quick' | 'full'): Promise<{ report: Report; recorders: Recorder[] }> {
  const reference = await startReference();
  const recorders = new Map<string, Recorder>();
  try {
    const environment: Record<string, string> = { ...reference.environment };
    for (const [name, value] of Object.entries(environment)) {
      if (!/^http:\/\/[^,]+$/.test(value)) continue;
      const { origin } = new URL(value);
      const recorder = recorders.get(origin) ?? (await startRecorder(origin));
      recorders.set(origin, recorder);
      environment[name] = value.replace(origin, recorder.url);
    }
    return {
      report: await runEngine(environment, { depth, atATime: 4 }),
      recorders: [...recorders.values()],
    };
  } finally {
    await Promise.all([...recorders.values()].map((recorder) => recorder.close()));
    await reference.close();
  }
}

async function runAndLook(depth: 'quick' | 'full'): Promise<void> {
  const { report, recorders } = await recorded(depth);
  expect([report.verdict, report.cause]).toEqual(['conformant', undefined]);
  const scenarioOf = new Map(
    report.requirements
      .flatMap(({ scenarios }) => scenarios)
      .flatMap(({ id, cells }) =>
        cells.flatMap(({ exchanges }) => exchanges.map((one) => [one, id] as const)),
      ),
  );
  const faults = recorders
    .flatMap(({ readers }) => readers.flatMap((reader) => reader.faults))
    .map((fault) => ({ ...fault, scenario: scenarioOf.get(fault.id ?? '') ?? 'none' }));
  expect(faults.filter(({ scenario }) => !malforming.has(scenario))).toEqual([]);
  // Messages that are malformed on purpose arrive like that: the recorder read them.
  const illegal = 'presentation/illegal-messages-refused/';
  const due = [...malforming].filter((id) => id.startsWith(illegal) || otherwiseBegun.includes(id)).sort();
  expect([...new Set(faults.map(({ scenario }) => scenario))].sort()).toEqual(due);
  // Nothing bypassed the recorders; without an answer, a request may not even have arrived.
  const lost = new Set(report.exchanges.flatMap(({ id, response }) => (response === undefined ? [id] : [])));
  const ids = new Set(recorders.flatMap(({ readers }) => readers.flatMap((reader) => reader.ids)));
  expect([...scenarioOf.keys()].filter((id) => !ids.has(id) && !lost.has(id))).toEqual([]);
  expect(ids.size).toBeGreaterThan(scenarioOf.size);
}

test('no message of a quick run is ill-framed but those that a scenario malforms', async () => {
  test.setTimeout(300_000);
  await runAndLook('quick');
});

for (const run of [1, 2, 3, 4, 5]) {
  test(`no message of a full run is ill-framed but those that a scenario malforms, run ${run} of 5 @thorough`, async () => {
    test.setTimeout(1_200_000);
    await runAndLook('full');
  });
}
