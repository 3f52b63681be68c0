import type { ExemptionRow } from './exemption-row.ts';

const agent = (name: string): Pick<ExemptionRow, 'headers'> => ({ headers: { 'User-Agent': name } });

/** As they are spelled in the request; the last one ends like an image. */
const publicWords = [
  ...['preview=1', 'signature=abc', 'callback=cb', 'next=/login', 'from=/public/a', 'at=/assets/a'],
  ...['like=favicon.ico', 'or=robots.txt', 'in=webhook', 'of=graphql', 'doc=swagger', 'x=.svg'],
];

/** Who seems to ask, where from, and under which name of the server. */
export const clients: readonly ExemptionRow[] = [
  {
    id: 'kube-probe',
    title: 'the health check of Kubernetes seems to ask',
    ...agent('kube-probe/1.29'),
  },
  {
    id: 'elb-health-checker',
    title: 'the health check of a load balancer seems to ask (ELB)',
    ...agent('ELB-HealthChecker/2.0'),
  },
  {
    id: 'google-health-checker',
    title: 'the health check of a load balancer seems to ask (GoogleHC)',
    ...agent('GoogleHC/1.0'),
  },
  {
    id: 'other-health-checkers',
    title: 'health checks of many names seem to ask',
    ...agent(
      'HealthChecker/1.0 Amazon-Route53-Health-Check-Service Consul-Health-Check Envoy/HC Prometheus/2.51.0 UptimeRobot/2.0 Pingdom.com_bot StatusCake Datadog/Synthetics',
    ),
  },
  {
    id: 'search-engine',
    title: 'a search engine seems to ask',
    ...agent('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
  },
  {
    id: 'api-client',
    title: 'a program for trying an API seems to ask',
    ...agent('PostmanRuntime/7.39.0'),
  },
  {
    id: 'content-network',
    title: 'a content delivery network seems to ask',
    ...agent('Amazon CloudFront'),
  },
  {
    id: 'dashboard-referer',
    title: 'the dashboard seems to have sent the request (Referer)',
    headers: { Referer: 'https://my.mufi.app/' },
  },
  {
    id: 'dashboard-origin',
    title: 'the dashboard seems to have sent the request (Origin)',
    headers: { Origin: 'https://my.mufi.app' },
  },
  {
    id: 'same-site-page',
    title: 'a page of the same site, on the machine of a developer, seems to ask',
    headers: { Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'same-origin' },
    catches: ['local-origin-exempt'],
  },
  {
    id: 'own-referer',
    title: 'the documentation of the API seems to have sent the request',
    headers: { Referer: 'https://docs.mufi.app/' },
  },
  {
    id: 'script',
    title: 'a script of a page seems to have sent the request',
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  },
  { id: 'host-localhost', title: 'the host is localhost', headers: { Host: 'localhost' } },
  { id: 'host-loopback', title: 'the host is the address of the loopback', headers: { Host: '127.0.0.1' } },
  { id: 'host-dotted', title: 'a dot follows the name of the host', headers: { Host: '{dotted-host}' } },
  { id: 'host-inner', title: 'the host has a name of inner networks', headers: { Host: 'api.internal' } },
  { id: 'static-query', title: 'the query ends like a static file', query: { x: '.css' } },
  {
    id: 'public-words-in-query',
    title: 'the query has many words that also name what is public',
    requestLine: `{method} {target}?${publicWords.join('&')} HTTP/1.1`,
    lines: [],
    catches: ['image-query-exempt'],
  },
  { id: 'health-query', title: 'the query ends like a health check', query: { next: '/health' } },
  {
    id: 'debug-query',
    title: 'the query switches on what only developers need',
    query: { debug: 'true', test: 'true', admin: 'true', internal: 'true' },
  },
];
