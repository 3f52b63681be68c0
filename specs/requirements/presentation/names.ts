import type { Presentation } from '../../../harness/model/index.ts';
import type { Row } from '../each.ts';

/** Names of one place, those seen most often first, and the fault that finds the key under them. */
interface Names {
  readonly place: keyof typeof presented;
  readonly names: readonly string[];
  readonly fault: string;
}

const presented = {
  query: (name: string): Presentation => ({ query: { [name]: '{key}' } }),
  header: (name: string): Presentation => ({ headers: { [name]: '{key}' } }),
  cookie: (name: string): Presentation => ({ headers: { Cookie: `${name}={key}` } }),
  json: (name: string): Presentation => ({ json: { [name]: '{key}' } }),
  form: (name: string): Presentation => ({ form: { [name]: '{key}' } }),
} as const;

const what: Readonly<Record<Names['place'], string>> = {
  query: 'the query parameter',
  header: 'the header',
  cookie: 'the cookie',
  json: 'the member',
  form: 'the form field',
};

/** What gateways, identity proxies and libraries read a token from unless told otherwise. */
const everywhere: readonly Names[] = [
  { place: 'query', names: ['jwt', 'auth_token', 'apikey'], fault: 'key-in-query-of-gateways' },
  {
    place: 'query',
    names: ['authorization', 'auth', 'bearer', 'id_token', 'bearer_token'],
    fault: 'key-in-query-of-libraries',
  },
  {
    place: 'query',
    names: ['subscription-key', 'x-api-key', 'api_token', 'secret'],
    fault: 'key-in-query-of-products',
  },
  { place: 'cookie', names: ['BEARER', 'laravel_token'], fault: 'key-in-cookie-of-frameworks' },
  { place: 'cookie', names: ['jwt', 'auth_token', 'Authorization'], fault: 'key-in-cookie-of-libraries' },
  {
    place: 'cookie',
    names: ['session', 'id_token', 'access_token_cookie', '__Host-token'],
    fault: 'key-in-cookie-of-products',
  },
  { place: 'header', names: ['apikey', 'Api-Key', 'X-Token'], fault: 'key-in-header-of-gateways' },
  {
    place: 'header',
    names: ['Token', 'Access-Token', 'Auth-Token', 'X-Auth', 'X-Session-Token'],
    fault: 'key-in-header-of-libraries',
  },
  {
    place: 'header',
    names: ['Authentication', 'X-Authorization', 'X-Original-Authorization', 'X-Amz-Security-Token'],
    fault: 'key-in-header-like-authorization',
  },
  {
    place: 'header',
    names: ['X-JWT-Assertion', 'X-Goog-IAP-JWT-Assertion', 'Cf-Access-Jwt-Assertion', 'X-Amzn-Oidc-Data'],
    fault: 'key-in-header-of-identity-proxies',
  },
  {
    place: 'header',
    names: ['X-Forwarded-Access-Token', 'X-ID-Token', 'Ocp-Apim-Subscription-Key', 'Private-Token'],
    fault: 'key-in-header-of-products',
  },
  { place: 'header', names: ['X-Api-Token', 'Jwt'], fault: 'key-in-header-of-frameworks' },
  { place: 'header', names: ['X-Mufi-Key'], fault: 'key-in-header-of-mufi' },
];

const inBodies: readonly Names[] = [
  { place: 'json', names: ['token'], fault: 'key-in-json-body' },
  {
    place: 'json',
    names: ['jwt', 'auth_token', 'apikey', 'authorization'],
    fault: 'key-in-json-body-of-libraries',
  },
  { place: 'form', names: ['token', 'api_key'], fault: 'key-in-form-body' },
  {
    place: 'form',
    names: ['jwt', 'auth_token', 'apikey', 'authorization'],
    fault: 'key-in-form-body-of-libraries',
  },
];

function rowsOf(kinds: readonly Names[]): Row[] {
  return kinds.flatMap(({ place, names, fault }) =>
    names.map((name) => ({
      id: `${place}-${idOf(name)}`,
      title: `the key is ${what[place]} ${name}`,
      present: presented[place](name),
      catches: [fault],
    })),
  );
}

function idOf(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
}

/** The key under the usual names in query, cookies and headers. */
export const otherNames: readonly Row[] = rowsOf(everywhere);

/** The key under the usual names in JSON and forms. */
export const otherMembers: readonly Row[] = rowsOf(inBodies);
