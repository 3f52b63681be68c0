import type { ExemptionRow } from './exemption-row.ts';

/** Header fields or parameters of these names, all with one value. */
const all = (value: string, ...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, value]));

/** What routers of PHP read the path from if no server in front rewrites the URL. */
const pathInQuery: Readonly<Record<string, string>> = {
  ...all('{path}', '_url', 'rest_route', 'path'),
  ...all('{relative-path}', 'q', 'r', 'url', 'route'),
};

/** Headers and parameters by which a request claims an inner origin, an identity or another target: a gateway sets them, and anybody. */
export const claims: readonly ExemptionRow[] = [
  {
    id: 'inner-address',
    title: 'headers say that the client is this machine',
    headers: all('127.0.0.1', 'X-Client-IP', 'X-Originating-IP', 'X-Remote-IP', 'X-Remote-Addr', 'Client-IP'),
  },
  {
    id: 'inner-address-of-proxies',
    title: 'headers of proxies say that the client is this machine',
    headers: all(
      '127.0.0.1',
      ...['X-Custom-IP-Authorization', 'True-Client-IP', 'CF-Connecting-IP', 'Fastly-Client-IP'],
      ...['X-Cluster-Client-IP', 'X-ProxyUser-Ip', 'X-Azure-ClientIP', 'X-Forwarded', 'Forwarded-For'],
    ),
  },
  {
    id: 'private-address',
    title: 'headers say that the client is in the network of the server',
    headers: all('10.0.0.1', 'X-Forwarded-For', 'X-Real-IP', 'X-Client-IP'),
  },
  {
    id: 'inner-address-in-a-list',
    title: 'a header says that first a port of this machine and last this machine sent the request on',
    headers: { 'X-Forwarded-For': '127.0.0.1:4711, 8.8.8.8, 127.0.0.1' },
    catches: ['inner-address-with-port-exempt'],
  },
  {
    id: 'inner-address-version-6',
    title: 'headers say in IPv6 that the client is this machine',
    headers: { 'X-Forwarded-For': '::1', 'X-Real-IP': '::ffff:127.0.0.1', Forwarded: 'for="[::1]"' },
    catches: ['inner-address-mapped-exempt', 'forwarded-version-6-exempt'],
  },
  {
    id: 'private-networks',
    title: 'headers say that the client is in a private network',
    headers: { 'X-Forwarded-For': '192.168.1.5', 'X-Real-IP': '172.17.0.1' },
    catches: ['container-network-exempt'],
  },
  {
    id: 'forwarded',
    title: 'the header Forwarded says that the client is this machine',
    headers: { Forwarded: 'for=127.0.0.1;host=localhost;proto=https;by=127.0.0.1' },
  },
  {
    id: 'forwarded-host',
    title: 'headers say that the host is this machine',
    headers: all('localhost', 'X-Forwarded-Host', 'X-Host', 'X-Forwarded-Server', 'X-HTTP-Host-Override'),
  },
  {
    id: 'gateway-consumer',
    title: 'headers name a consumer, as an API gateway does',
    headers: all(
      'admin',
      ...['X-Consumer-Username', 'X-Consumer-ID', 'X-Consumer-Custom-ID', 'X-Credential-Identifier'],
      'X-Credential-Username',
    ),
  },
  {
    id: 'remote-user',
    title: 'headers name a user, as a server in front does',
    headers: all(
      'admin',
      'X-Remote-User',
      'Remote-User',
      'X-WebAuth-User',
      'X-Forwarded-User',
      'X-User',
      'X-User-Id',
    ),
  },
  {
    id: 'authenticated-user',
    title: 'headers name a user who is authenticated',
    headers: all(
      'admin',
      ...['X-Authenticated-User', 'X-Authenticated-Userid', 'X-Authenticated-Scope', 'X-Auth-User'],
      ...['X-Auth-Request-User', 'X-Auth-Request-Email', 'X-Forwarded-Email', 'X-Token-Subject'],
    ),
  },
  {
    id: 'cloud-identity',
    title: 'headers name a user, as the proxies of clouds do',
    headers: all(
      'admin@example.com',
      ...['X-Goog-Authenticated-User-Email', 'X-Amzn-Oidc-Identity', 'X-MS-CLIENT-PRINCIPAL-NAME'],
      ...['Cf-Access-Authenticated-User-Email', 'Tailscale-User-Login', 'X-Apigateway-Api-Userinfo'],
    ),
  },
  {
    id: 'project-header',
    title: 'headers name the project',
    headers: all(
      '{project}',
      'X-Project-Id',
      'X-Project',
      'X-Mufi-Project',
      'X-Mufi-Project-Id',
      'X-Tenant-Id',
      'X-Account-Id',
    ),
  },
  {
    id: 'impersonation',
    title: 'headers and cookies say that an administrator asks',
    headers: {
      ...all('root', 'Sudo', 'X-Impersonate-User', 'X-On-Behalf-Of'),
      Cookie: 'admin=1; role=admin',
    },
    catches: ['admin-cookie-exempt'],
  },
  {
    id: 'webhook',
    title: 'headers say that a service reports an event',
    headers: {
      'Stripe-Signature': 't=1767225600,v1=00',
      'X-Amz-Sns-Message-Type': 'Notification',
      'X-Hub-Signature-256': 'sha256=00',
      'X-GitHub-Event': 'ping',
    },
  },
  {
    id: 'client-certificate',
    title: 'headers say that a client certificate was verified',
    headers: {
      'X-SSL-Client-Verify': 'SUCCESS',
      'X-Client-Verify': 'SUCCESS',
      'X-SSL-Client-S-DN': 'CN=admin',
      'X-Client-Cert': 'CN=admin',
      'X-Forwarded-Client-Cert': 'By=spiffe://cluster/api;URI=spiffe://cluster/admin',
    },
  },
  {
    id: 'inner-request',
    title: 'headers say that the request comes from inside',
    headers: all(
      'true',
      'X-Internal',
      'X-Internal-Request',
      'X-Envoy-Internal',
      'X-Trusted',
      'X-From-Gateway',
    ),
  },
  {
    id: 'switches',
    title: 'headers switch on what only developers need',
    headers: all(
      'true',
      'X-Debug',
      'X-Test',
      'X-Admin',
      'X-Skip-Auth',
      'X-Bypass',
      'X-No-Auth',
      'X-Authenticated',
    ),
  },
  {
    id: 'scheduler',
    title: 'headers of schedulers and queues',
    headers: all(
      'true',
      'X-Appengine-Cron',
      'X-CloudScheduler',
      'X-Cloudtasks-Queuename',
      'X-Appengine-Queuename',
      'X-Vercel-Cron',
    ),
  },
  {
    id: 'original-url',
    title: 'the path is /, and a header names that of the operation (X-Original-URL)',
    path: '/',
    headers: { 'X-Original-URL': '{path}' },
  },
  {
    id: 'rewrite-url',
    title: 'the path is /, and a header names that of the operation (X-Rewrite-URL)',
    path: '/',
    headers: { 'X-Rewrite-URL': '{path}' },
  },
  {
    id: 'forwarded-uri',
    title: 'the path is /, and a header names that of the operation (X-Forwarded-Uri)',
    path: '/',
    headers: { 'X-Forwarded-Uri': '{path}' },
  },
  {
    id: 'health-with-original-url',
    title: 'the path is /health, and headers name that of the operation',
    path: '/health',
    headers: all('{path}', 'X-Original-URL', 'X-Rewrite-URL', 'X-Forwarded-Uri', 'X-Original-URI'),
  },
  {
    id: 'path-in-query',
    title: 'the path is /, and parameters name that of the operation',
    path: '/',
    query: pathInQuery,
    catches: ['relative-path-in-query-exempt'],
  },
  {
    id: 'path-in-query-of-script',
    title: 'the path is /index.php, and parameters name that of the operation',
    path: '/index.php',
    query: pathInQuery,
  },
  {
    id: 'forwarded-prefix',
    title: 'headers of a proxy name a public prefix, the method OPTIONS and a trace',
    headers: {
      'X-Forwarded-Prefix': '/public',
      'X-Forwarded-Method': 'OPTIONS',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    catches: ['forwarded-method-exempt', 'traced-request-exempt'],
  },
  {
    id: 'looks-public',
    title: 'headers say that the path is a public one',
    headers: all(
      '/health',
      'X-Original-URL',
      'X-Rewrite-URL',
      'X-Forwarded-Uri',
      'X-Original-URI',
      'X-Forwarded-Path',
    ),
  },
];
