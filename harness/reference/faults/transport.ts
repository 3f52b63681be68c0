import { redirecting, refusing, replacing, serving, type Transport } from '../transport.ts';
import type { Fault } from './fault.ts';

const REFUSED = 'Plain HTTP is rejected or redirected before the server looks at the key.';
const HSTS = 'A browser learns that it must use HTTPS.';

/** Faults below HTTP, and of the plain HTTP address of a server that is correct over HTTPS. */
export const transport: readonly Fault[] = [
  below('plain-http-serves', REFUSED, { plain: serving }),
  below('plain-http-answers-everybody', REFUSED, { plain: refusing(200) }),
  below('plain-http-checks-key-then-redirects', REFUSED, {
    plain: replacing((status) => (status === 401 ? 401 : 308)),
  }),
  below('plain-http-writes-then-redirects', REFUSED, { plain: replacing(() => 308) }),
  below('https-port-serves-plain-http', 'The port for HTTPS accepts no key in plain HTTP.', {
    plainOnSecurePort: serving,
  }),
  below('https-port-answers-everybody', 'The port for HTTPS accepts no key in plain HTTP.', {
    plainOnSecurePort: refusing(200),
  }),
  below('plain-http-redirects-with-key-in-location', 'A redirect does not repeat the key.', {
    plain: (incoming, outgoing, { secureUrl, ...more }) => {
      const [, key = ''] = (incoming.headers.authorization ?? '').split(' ');
      redirecting(308)(incoming, outgoing, { ...more, secureUrl: `${secureUrl}?access_token=${key}` });
    },
  }),
  below('plain-http-refusal-repeats-key', 'A rejection does not repeat the key.', {
    plain: ({ headers }, outgoing) =>
      outgoing.writeHead(403).end(`No plain HTTP, please: ${headers.authorization ?? ''}`),
  }),
  below('plain-http-redirects-to-plain-http', 'A redirect of plain HTTP leads to HTTPS.', {
    plain: (incoming, outgoing, { secureUrl, ...more }) =>
      redirecting(301)(incoming, outgoing, { ...more, secureUrl: secureUrl.replace(/^https/, 'http') }),
  }),
  {
    id: 'slash-redirects-to-plain-http',
    breaks: 'No answer over HTTPS leads to plain HTTP.',
    transport: {},
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const { path, headers } = call.request;
        if (!path.endsWith('/')) return finished;
        const location = `http://${headers.host}${path.slice(0, -1)}`;
        return { status: 308, headers: { ...finished.headers, location }, body: undefined };
      },
    }),
  },
  below('old-tls-accepted', 'TLS 1.0 and 1.1 are rejected.', {
    tls: { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
  }),
  below('tls-1-1-accepted', 'TLS 1.1 is rejected.', {
    tls: { minVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
  }),
  below('anonymous-tls', 'TLS without a certificate is rejected.', {
    tls: { ciphers: 'ALL:!eNULL:@SECLEVEL=0' },
  }),
  below('unencrypted-tls', 'TLS without encryption is rejected.', {
    tls: { ciphers: 'ALL:eNULL:!aNULL:@SECLEVEL=0' },
  }),
  below('expired-rsa-certificate', 'Every certificate of the server is valid.', { rsaDays: [-3, -1] }),
  below('hsts-missing', HSTS, { hsts: [] }),
  below('hsts-malformed', HSTS, { hsts: ['max-age=one year'] }),
  below('hsts-without-age', HSTS, { hsts: ['includeSubDomains'] }),
  below('hsts-zero', HSTS, { hsts: ['max-age=0'] }),
  below('hsts-twice', HSTS, { hsts: ['max-age=31536000', 'max-age=300'] }),
  below('hsts-over-plain-http', 'HSTS is sent over HTTPS only.', {
    plain: (incoming, outgoing, more) => {
      outgoing.setHeader('strict-transport-security', 'max-age=31536000');
      redirecting(308)(incoming, outgoing, more);
    },
  }),
];

function below(id: string, breaks: string, change: Partial<Transport>): Fault {
  return { id, breaks, transport: change };
}
