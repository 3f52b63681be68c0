import { keySpellings, type WireRequest } from '../../../model/index.ts';

/** The address in a text: as it is, in HTML, in JSON that is safe in HTML, decoded. */
const spellings: readonly ((address: string) => string)[] = [
  ...keySpellings,
  (address) => address.replaceAll('&', '&amp;'),
  (address) => address.replaceAll('&', '\\u0026'),
  decoded,
];

/**
 * What an answer says beside the address of its request. Error pages and challenges of frameworks quote the address to
 * the one who sent it. They do not look for a key in it.
 */
export function withoutAddress(text: string, { url }: WireRequest): string {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const [path = '', query] = target.split(/(?=\?)/);
  const quotes = [target, path, query ?? ''].filter((one) => one.length > 1);
  return quotes
    .flatMap((one) => spellings.map((spell) => spell(one)))
    .reduce((rest, one) => rest.replaceAll(one, ''), text);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
