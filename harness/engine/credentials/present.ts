import { defined } from '../../model/defined.ts';
import type { Presentation, PresentedParts } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

const filters: { readonly [name: string]: (value: string) => string } = {
  'percent-dots': (value) => value.replaceAll('.', '%2E'),
  'percent-all': (value) => [...Buffer.from(value)].map((byte) => `%${byte.toString(16)}`).join(''),
  base64: (value) => Buffer.from(value).toString('base64'),
  'basic-user': (value) => Buffer.from(`${value}:`).toString('base64'),
  'basic-password': (value) => Buffer.from(`:${value}`).toString('base64'),
  'basic-named': (value) => Buffer.from(`api:${value}`).toString('base64'),
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
  'other-case': (value) => value.replace(/[a-z](?=[^.]*$)/i, otherCase),
  'without-first': (value) => value.slice(1),
  'without-last': (value) => value.slice(0, -1),
  padded: (value) => value + '='.repeat((4 - ((value.split('.').at(-1)?.length ?? 0) % 4)) % 4),
  'standard-base64': (value) => value.replaceAll('-', '+').replaceAll('_', '/'),
};

function otherCase(letter: string): string {
  const upper = letter.toUpperCase();
  return letter === upper ? letter.toLowerCase() : upper;
}

/** True for a filter that changes some keys and leaves others unchanged. */
export function changesSomeKeys(filter: string): boolean {
  return filter === 'standard-base64';
}

/** Names of the filters for templates. */
export const templateFilters = Object.keys(filters);

/** Names that a template may use. */
export type TemplateName = 'key' | 'second' | ThingName;
/** The project of the write key, objects in it, and the e-mail address of the user. */
export type ThingName = 'project' | 'event' | 'user' | 'address' | 'product' | 'item' | 'thing';
/** Ids, if the target returned them. */
export type ThingIds = Readonly<Partial<Record<ThingName, string | undefined>>>;

/** Replaces a name in a template; `filter` is the text after the bar. */
export type Fill = (name: TemplateName, filter: string | undefined) => string;

/**
 * Fills in the values themselves. Throws NotForgeable if a filter would change nothing, or if the target did not say
 * which project the key belongs to.
 */
export function fillWith(key: string, second: string, ids: ThingIds = {}): Fill {
  return (name, filter) => {
    const value = { ...ids, key, second }[name];
    if (value === undefined) throw new NotForgeable(`the target does not return the id of the ${name}`);
    if (filter === undefined) return value;
    const apply = filters[filter];
    if (apply === undefined) throw new Error(`the template filter "${filter}" does not exist`);
    const changed = apply(value);
    if (changed === value) {
      const onlyThisKey = changesSomeKeys(filter);
      throw new NotForgeable('the key has no character that this spelling changes', { onlyThisKey });
    }
    return changed;
  };
}

/** Turns a presentation into request parts; without one the key is presented as Mufi documents it. */
export function present(presentation: Presentation | undefined, fill: Fill): PresentedParts {
  const template = (text: string): string =>
    text.replaceAll(
      /\{(key|second|project|event|user|address|product|item|thing)(?:\|([a-z0-9-]+))?\}/g,
      (_match, name: TemplateName, filter?: string) => fill(name, filter),
    );
  const fields = (given: { readonly [name: string]: string } = {}): [string, string][] =>
    Object.entries(given).map(([name, text]) => [name, template(text)]);
  const chosen = presentation ?? { headers: { Authorization: 'Bearer {key}' } };
  return {
    headers: fields(chosen.headers),
    query: fields(chosen.query),
    json: Object.fromEntries(fields(chosen.json)),
    ...(chosen.form === undefined ? {} : { form: fields(chosen.form) }),
    ...defined({
      body: chosen.body === undefined ? undefined : template(chosen.body),
      asForm: chosen.asForm,
      untyped: chosen.untyped,
      coding: chosen.coding,
      requestLine: chosen.requestLine,
    }),
    ...(chosen.members === undefined ? {} : { members: Object.fromEntries(fields(chosen.members)) }),
    ...(chosen.twice === undefined
      ? {}
      : { twice: { ...chosen.twice, members: Object.fromEntries(fields(chosen.twice.members)) } }),
    ...(chosen.lines === undefined ? {} : { lines: chosen.lines.map(template) }),
    ...(chosen.trailer === undefined ? {} : { trailer: template(chosen.trailer) }),
  };
}

/** Applies a filter by name, for the command that prints forged credentials. */
export function applyFilter(name: string, value: string): string {
  return fillWith(value, '')('key', name);
}
