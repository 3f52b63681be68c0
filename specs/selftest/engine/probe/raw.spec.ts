import { expect, test } from '@playwright/test';
import {
  describeFailure,
  diedBeforeResponse,
  nextStepAfter,
} from '../../../../harness/engine/probe/failure.ts';
import { createProber, type Prober } from '../../../../harness/engine/probe/prober.ts';
import { rawBytes } from '../../../../harness/engine/probe/raw-send.ts';
import { retryAfterMs } from '../../../../harness/engine/probe/retry-after.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { closedUrl, startSockets } from '../../support/server.ts';

const closed = 'the connection is closed before the answer is complete';

test('Retry-After is seconds or a date, or says nothing', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  const wait = (value: string | undefined): number | undefined => retryAfterMs(value, now);
  expect(['0', '3', ' 2 ', '61', '999999999'].map(wait)).toEqual([0, 3000, 2000, 61_000, 999_999_999_000]);
  expect(wait('Thu, 01 Jan 2026 00:00:05 GMT')).toBe(5000);
  expect(wait('Wed, 31 Dec 2025 23:59:59 GMT')).toBe(0);
  expect(wait('Fri, 02 Jan 2026 00:00:00 GMT')).toBe(86_400_000);
  expect([undefined, '', 'soon'].map(wait)).toEqual([undefined, undefined, undefined]);
});

test('every failure has a next step, and those of TLS and of a timeout one of their own', () => {
  const texts = ['connect ECONNREFUSED', 'certificate has expired', 'self-signed certificate', 'Timeout'];
  const steps = [...texts, 'canary'].map((text) => nextStepAfter(describeFailure(new Error(text), 5)));
  expect(new Set(steps).size).toBe(steps.length);
  const limited = nextStepAfter({ kind: 'rate-limited', code: 'too-busy', message: 'canary' });
  expect([steps[2], limited]).toEqual([
    expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    expect.stringContaining('MUFI_MAX_RPS'),
  ]);
  // Words decide nothing: two failures with one text differ by their code.
  const late = nextStepAfter({ kind: 'rate-limited', code: 'long-wait', message: 'canary' });
  expect([limited, late].map((step) => step.includes('MUFI_TIMEOUT_MS'))).toEqual([false, true]);
  for (const step of [...steps, limited, late]) expect(step).not.toMatch(/canary|[.]$|^[A-Z]/);
});

test('every cause is given in words of the suite', () => {
  const told = (text: string): string => {
    const { kind, message } = describeFailure(new Error(`apiRequestContext.fetch: ${text}\ncanary`), 5);
    expect(message).not.toContain('canary');
    return `${kind}: ${message}`;
  };
  const tls = (why: string): string => `unreachable: the TLS connection fails: ${why}`;
  expect(told('getaddrinfo ENOTFOUND canary')).toBe('unreachable: the host name is unknown');
  expect(told('getaddrinfo EAI_AGAIN canary')).toBe('unreachable: the host name is unknown');
  expect(told('connect EHOSTUNREACH 10.0.0.1')).toBe('unreachable: the host cannot be reached');
  expect(told('connect ENETUNREACH 10.0.0.1')).toBe('unreachable: the host cannot be reached');
  const unsigned = tls('the certificate is not signed by an authority that this machine trusts');
  expect(told('self-signed certificate in certificate chain')).toBe(unsigned);
  expect(told('unable to verify the first certificate')).toBe(unsigned);
  expect(told('certificate has expired')).toBe(tls('the certificate has expired'));
  expect(told('certificate is not yet valid')).toBe(tls('the certificate is not valid yet'));
  expect(told("Hostname/IP does not match certificate's altnames: canary")).toBe(
    tls('the certificate is for another host name'),
  );
  expect(told('write EPROTO 80:error:0A00010B:SSL routines:wrong version number')).toBe(
    tls('what answers does not speak TLS'),
  );
  expect(told('write EPROTO 80:error:0A000410:SSL routines:handshake failure')).toBe(
    tls('the certificate or protocol is not valid'),
  );
  expect(told('Timeout 5ms exceeded.')).toBe('timeout: no complete answer within 5 ms');
  expect(told('write EPIPE')).toBe(`broken: ${closed}`);
  expect(told('canary')).toBe('broken: the answer cannot be read');
  expect(describeFailure('canary', 5)).toMatchObject({
    kind: 'broken',
    message: 'the answer cannot be read',
  });
  const resent = ['read ECONNRESET', 'write EPIPE', 'socket hang up', 'aborted', 'connect ECONNREFUSED'];
  expect(resent.map((text) => diedBeforeResponse(new Error(text)))).toEqual([true, true, true, false, false]);
});

test('a raw request holds its lines as they are, behind the headers', () => {
  const wire = {
    method: 'POST',
    url: 'http://host.example:81/v1/x?y=%20',
    headers: [['Authorization', 'Bearer a']] as const,
    lines: ['Authorization : Bearer b', ' folded', 'X: \u0001'],
  };
  const head = [
    'POST /v1/x?y=%20 HTTP/1.1',
    'Host: host.example:81',
    'User-Agent: me/1',
    'X-Request-Id: id-1',
    'Connection: close',
    'Authorization: Bearer a',
  ];
  const end = [...wire.lines, '', ''];
  const none = ['Content-Length: 0'];
  expect(rawBytes(wire, 'id-1', 'me/1').toString('latin1')).toBe([...head, ...none, ...end].join('\r\n'));
  const body = rawBytes({ ...wire, body: '"\u00e9"' }, 'id-1', 'me/1');
  const length = ['Content-Length: 4'];
  expect(body.toString('utf8')).toBe(`${[...head, ...length, ...end].join('\r\n')}"\u00e9"`);
  const trailer = rawBytes({ ...wire, body: '{}', trailer: 'Authorization: Bearer c' }, 'id-1', 'me/1', true);
  const kept = head.map((line) => line.replace('close', 'keep-alive'));
  expect(trailer.toString('latin1')).toBe(
    [...kept, 'Transfer-Encoding: chunked', ...end].join('\r\n') +
      '2\r\n{}\r\n0\r\nAuthorization: Bearer c\r\n\r\n',
  );
});

const status = 'HTTP/1.1 200 OK\r\n';
const label = { variant: 'valid', credential: { description: 'write key' }, presented: [] } as const;
const wire = (url: string) => ({ method: 'GET', url: `${url}/v1/version`, headers: [], lines: ['X-A: 1'] });

async function using<T>(timeoutMs: number, work: (probe: Prober) => Promise<T>): Promise<T> {
  const options = { userAgent: 'me/1', timeoutMs, concurrency: 2, maxRequestsPerSecond: undefined };
  const probe = await createProber(options);
  return work(probe).finally(() => probe.dispose());
}

test('a raw request is answered as any other', async () => {
  const reference = await startReference();
  try {
    const authorization = `Authorization: Bearer ${reference.keys.read}`;
    const answers = await using(10_000, (probe) =>
      Promise.all([
        probe.send({ ...wire(reference.url), lines: [authorization] }, label),
        probe.send({ ...wire(reference.url), lines: [authorization, 'Authorization: Bearer x'] }, label),
        probe.send({ ...wire(reference.url), lines: ['Authorization : Bearer x'] }, label),
      ]),
    );
    expect(answers.map(({ response }) => response?.status)).toEqual([200, 400, 400]);
    expect(answers.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  } finally {
    await reference.close();
  }
});

const half = `${status}Content-Length: 9\r\n\r\n`;
for (const [what, talk, failure, requests] of [
  ['a reset', 'reset', { kind: 'broken', message: closed }, 2],
  ['an end before any byte', '', { kind: 'broken', message: closed }, 2],
  ['half an answer', half, { kind: 'broken', message: closed }, 1],
  ['half an answer and a reset', `${half}reset`, { kind: 'broken', message: closed }, 1],
  ['garbage', 'no answer at all', { kind: 'broken', message: 'the answer is not valid HTTP' }, 1],
  ['silence', 'silence', { kind: 'timeout', message: 'no complete answer within 500 ms' }, 1],
] as const) {
  test(`to a raw request, ${what} is reported and sent again only if no byte came`, async () => {
    const server = await startSockets((socket) => {
      if (talk === 'silence') return;
      if (!talk.endsWith('reset')) socket.end(talk);
      else if (talk === 'reset') socket.resetAndDestroy();
      else socket.write(half, () => setTimeout(() => socket.resetAndDestroy(), 50));
    });
    try {
      const timeoutMs = talk === 'silence' ? 500 : 10_000;
      const exchange = await using(timeoutMs, (probe) => probe.send(wire(server.url), label));
      expect([exchange.failure, server.requests()]).toMatchObject([failure, requests]);
    } finally {
      await server.close();
    }
  });
}

test('a raw request to a port that nobody listens on is unreachable', async () => {
  const url = await closedUrl();
  const { failure } = await using(10_000, (probe) => probe.send(wire(url), label));
  expect(failure).toMatchObject({ kind: 'unreachable', message: 'the connection is refused' });
});
