import type { IncomingHttpHeaders } from 'node:http';
import { matchOperation } from '../document.ts';
import type { ApiRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { answersBesideHeaders } from './kept-beside-headers.ts';

/** What a faulty server accepts in place of a key, or of a check of it. */
export interface Exemption {
  readonly id: string;
  readonly takes: (request: ApiRequest) => boolean;
}

type Value = (value: string) => boolean;
const given: Value = (value) => value !== '';
const loopback: Value = (value) => /^127\.|^::1$|^localhost$/.test(value);

/** True if one of these headers has such a value. */
const says =
  (isEnough: Value, ...names: readonly (keyof IncomingHttpHeaders & string)[]) =>
  ({ headers }: ApiRequest): boolean =>
    names.some((name) => {
      const value = headers[name];
      return typeof value === 'string' && isEnough(value);
    });
const asks = (name: string) => says((value) => value.startsWith(name), 'user-agent');
const query =
  (isEnough: (text: string) => boolean) =>
  ({ query: found }: ApiRequest): boolean =>
    isEnough(decodeURIComponent(found.toString()));

/** What is beside a key, or in place of it. */
export const exempt: readonly Exemption[] = [
  { id: 'inner-address', takes: says(loopback, 'x-originating-ip', 'x-remote-ip', 'x-remote-addr') },
  { id: 'inner-address-of-proxies', takes: says(loopback, 'x-custom-ip-authorization', 'true-client-ip') },
  { id: 'private-address', takes: says((value) => /^10\./.test(value), 'x-forwarded-for', 'x-real-ip') },
  {
    id: 'inner-address-in-a-list',
    takes: says((value) => /, *127\.[\d.]+$/.test(value), 'x-forwarded-for'),
  },
  {
    id: 'inner-address-with-port',
    takes: says((value) => /^127\.[\d.]+:\d+\b/.test(value), 'x-forwarded-for'),
  },
  { id: 'inner-address-version-6', takes: says((value) => value === '::1', 'x-forwarded-for') },
  { id: 'inner-address-mapped', takes: says((value) => value.startsWith('::ffff:127.'), 'x-real-ip') },
  { id: 'forwarded-version-6', takes: says((value) => /\bfor="\[::1\]/.test(value), 'forwarded') },
  { id: 'private-networks', takes: says((value) => value.startsWith('192.168.'), 'x-forwarded-for') },
  { id: 'container-network', takes: says((value) => value.startsWith('172.17.'), 'x-real-ip') },
  { id: 'forwarded', takes: says((value) => /\bfor="?127\./.test(value), 'forwarded') },
  { id: 'forwarded-host', takes: says(loopback, 'x-forwarded-host') },
  { id: 'gateway-consumer', takes: says(given, 'x-consumer-username', 'x-consumer-id') },
  { id: 'remote-user', takes: says(given, 'x-remote-user', 'remote-user') },
  { id: 'authenticated-user', takes: says(given, 'x-authenticated-userid', 'x-auth-request-email') },
  { id: 'cloud-identity', takes: says((value) => value.includes('@'), 'x-goog-authenticated-user-email') },
  { id: 'project-header', takes: says((value) => /^[0-9a-f-]{36}$/.test(value), 'x-project-id') },
  { id: 'impersonation', takes: says(given, 'sudo', 'x-impersonate-user', 'x-on-behalf-of') },
  { id: 'admin-cookie', takes: says((value) => /\b(admin=1|role=admin)\b/.test(value), 'cookie') },
  { id: 'webhook', takes: says(given, 'stripe-signature', 'x-amz-sns-message-type', 'x-github-event') },
  { id: 'client-certificate', takes: says((value) => value === 'SUCCESS', 'x-ssl-client-verify') },
  { id: 'inner-request', takes: says((value) => value === 'true', 'x-internal', 'x-internal-request') },
  { id: 'switches', takes: says((value) => value === 'true', 'x-debug', 'x-skip-auth') },
  { id: 'scheduler', takes: says(given, 'x-appengine-cron') },
  { id: 'forwarded-prefix', takes: says((value) => value.startsWith('/public'), 'x-forwarded-prefix') },
  { id: 'forwarded-method', takes: says((value) => value === 'OPTIONS', 'x-forwarded-method') },
  { id: 'traced-request', takes: says(given, 'traceparent') },
  {
    id: 'looks-public',
    takes: says((value) => value.startsWith('/health'), 'x-forwarded-uri', 'x-original-uri'),
  },
  { id: 'kube-probe', takes: asks('kube-probe/') },
  { id: 'elb-health-checker', takes: asks('ELB-HealthChecker/') },
  { id: 'google-health-checker', takes: asks('GoogleHC/') },
  {
    id: 'other-health-checkers',
    takes: says((value) => /prometheus|uptimerobot/i.test(value), 'user-agent'),
  },
  { id: 'search-engine', takes: says((value) => value.includes('Googlebot'), 'user-agent') },
  { id: 'api-client', takes: asks('PostmanRuntime/') },
  { id: 'content-network', takes: asks('Amazon CloudFront') },
  { id: 'same-site-page', takes: says((value) => value === 'same-origin', 'sec-fetch-site') },
  { id: 'local-origin', takes: says((value) => value.startsWith('http://localhost'), 'origin') },
  { id: 'dashboard-referer', takes: says((value) => value.startsWith('https://my.mufi.app'), 'referer') },
  { id: 'dashboard-origin', takes: says((value) => value === 'https://my.mufi.app', 'origin') },
  { id: 'own-referer', takes: says((value) => value.startsWith('https://docs.mufi.app'), 'referer') },
  { id: 'script', takes: says((value) => value === 'XMLHttpRequest', 'x-requested-with') },
  { id: 'host-localhost', takes: says((value) => /^localhost(:|$)/.test(value), 'host') },
  { id: 'host-loopback', takes: says((value) => value === '127.0.0.1', 'host') },
  { id: 'host-dotted', takes: says((value) => /\.(:\d+)?$/.test(value), 'host') },
  { id: 'host-inner', takes: says((value) => value.endsWith('.internal'), 'host') },
  { id: 'static-query', takes: query((text) => /\.(css|js|png|ico)$/.test(text)) },
  {
    id: 'public-words-in-query',
    takes: query((text) => /\/(login|public|assets)\b|webhook|swagger/.test(text)),
  },
  { id: 'image-query', takes: query((text) => text.endsWith('.svg')) },
  { id: 'health-query', takes: query((text) => text.endsWith('/health')) },
  { id: 'debug-query', takes: ({ query: found }) => found.get('debug') === 'true' },
  { id: 'websocket', takes: says((value) => value === 'websocket', 'upgrade') },
  { id: 'clear-http2', takes: says((value) => value === 'h2c', 'upgrade') },
  { id: 'expect-continue', takes: says((value) => /100-continue/i.test(value), 'expect') },
  { id: 'http-1-0', takes: ({ version }) => version === '1.0' },
  { id: 'range', takes: says((value) => value.startsWith('bytes='), 'range') },
  { id: 'preflight-headers', takes: says(given, 'access-control-request-method') },
  { id: 'browser', takes: says((value) => value.includes('text/html'), 'accept') },
  { id: 'event-stream', takes: says((value) => value.includes('text/event-stream'), 'accept') },
  { id: 'other-format', takes: says((value) => value.startsWith('text/csv'), 'accept') },
  {
    id: 'xml',
    takes: says((value) => value.includes('application/xml'), 'accept'),
  },
  {
    id: 'old-version',
    takes: says((value) => value === '0', 'accept-version', 'x-api-version', 'api-version'),
  },
  { id: 'prefetch', takes: says((value) => value === 'prefetch', 'purpose', 'sec-purpose') },
  { id: 'method-in-query', takes: ({ query: found }) => found.get('_method') === 'OPTIONS' },
  {
    id: 'trusted-network-header',
    takes: says((value) => value === '127.0.0.1', 'x-forwarded-for', 'x-real-ip'),
  },
  {
    id: 'middleware-header',
    takes: says((value) => /^(\w+):\1:\1:\1:\1$/.test(value), 'x-middleware-subrequest'),
  },
];

/** Credentials of other schemes that a faulty server leaves to another part, which does not look at them. */
const left: readonly (readonly [id: string, pattern: RegExp])[] = [
  ['signed-request', /^AWS4-HMAC-SHA256 /],
  ['negotiate', /^Negotiate /],
  ['empty-basic', /^Basic Og==$/],
];

const ETAG = '"generation-1"';

/** Faults that accept something else in a request in place of a key. */
export const exemptions: readonly Fault[] = [
  ...exempt.map(({ id, takes }) => ({
    id: `${id}-exempt`,
    breaks: `Nothing replaces a key: ${id.replaceAll('-', ' ')}.`,
    override: (policy: Policy): Partial<Policy> => ({
      exempt: (call, ring) =>
        call.request.authorization.length === 0 && takes(call.request)
          ? ring.home()
          : policy.exempt(call, ring),
    }),
  })),
  ...left.map(([id, pattern]) => ({
    id: `${id}-exempt`,
    breaks: `Credentials of another scheme do not replace a key: ${id.replaceAll('-', ' ')}.`,
    override: (policy: Policy): Partial<Policy> => ({
      exempt: (call, ring) =>
        pattern.test(call.request.authorization[0] ?? '') ? ring.home() : policy.exempt(call, ring),
    }),
  })),
  ...['original-url', 'rewrite-url', 'forwarded-uri'].map((name) =>
    leading(name, '/', ({ headers }) => headers[`x-${name}`]),
  ),
  leading('health-with-original-url', '/health', ({ headers }) => headers['x-original-uri']),
  leading('path-in-query', '/', ({ query: found }) => found.get('rest_route') ?? found.get('_url')),
  leading('relative-path-in-query', '/', relativePath('q')),
  leading('path-in-query-of-script', '/index.php', relativePath('r')),
  {
    id: 'real-etag-exempt',
    breaks: 'Without a key, nobody learns whether an answer is unchanged.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        if (call.request.sentMethod !== 'GET') return finished;
        const isKnown = call.request.headers['if-none-match'] === ETAG;
        if (isKnown && why === 'none') return { ...finished, status: 304, body: undefined };
        return why === undefined ? { ...finished, headers: { ...finished.headers, etag: ETAG } } : finished;
      },
    }),
  },
  ...answersBesideHeaders('none'),
  unmodified('if-none-match', (value) => value === '*'),
  unmodified('if-modified-since', (value) => Date.parse(value) > Date.now()),
];

function relativePath(name: string): (request: ApiRequest) => string | undefined {
  return ({ query: found }) => found.get(name)?.replace(/^/, '/');
}

/** A gate that recognises a public path by its text, before a header or a parameter renames the path. */
function leading(id: string, open: string, named: (request: ApiRequest) => unknown): Fault {
  const targetOf = (request: ApiRequest): string | undefined => {
    const target = named(request);
    return request.path === open && typeof target === 'string' ? target : undefined;
  };
  return {
    id: `${id}-exempt`,
    breaks: `A path that a header or a parameter names needs a key: ${id.replaceAll('-', ' ')}.`,
    override: (policy) => ({
      findOperation: (method, path, request) => {
        const target = targetOf(request);
        return target === undefined
          ? policy.findOperation(method, path, request)
          : matchOperation(method, target);
      },
      exempt: (call, ring) =>
        targetOf(call.request) === undefined ? policy.exempt(call, ring) : ring.home(),
    }),
  };
}

/** A cache in front of the server that tells anybody that nothing has changed. */
function unmodified(name: 'if-none-match' | 'if-modified-since', takes: Value): Fault {
  return {
    id: `${name}-exempt`,
    breaks: 'Without a key, nobody learns whether something has changed.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const value = call.request.headers[name];
        const isKept =
          value !== undefined && takes(value) && call.request.sentMethod === 'GET' && why === 'none';
        return isKept ? { ...finished, status: 304, body: undefined } : finished;
      },
    }),
  };
}
