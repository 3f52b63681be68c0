import { isSuccess, objectIn } from '../../model/index.ts';
import type { SentRequest } from '../session/send.ts';

/** The entries of the list in an answer, as text; undefined if there is no list. */
export function entriesOf(sent: SentRequest): string[] | undefined {
  const value = contentOf(sent);
  const members: unknown[] = Array.isArray(value) ? [value] : Object.values(value ?? {});
  const list: unknown[] | undefined = members.find((member) => Array.isArray(member));
  return list?.map((entry) => JSON.stringify(entry));
}

/** The number of entries in the whole list, if the answer says so. */
export function totalOf(sent: SentRequest): number | undefined {
  const value = contentOf(sent);
  if (value === undefined || Array.isArray(value)) return undefined;
  const places = [value, ...Object.values(value)].filter(
    (place) => typeof place === 'object' && place !== null && !Array.isArray(place),
  );
  return places
    .flatMap((place) => Object.entries(place as object))
    .filter(([name]) => /^total_?(count)?$|^count$/i.test(name))
    .map(([, number]) => number)
    .find((number) => Number.isInteger(number) && number >= 0);
}

function contentOf({ exchange: { response } }: SentRequest): object | undefined {
  return isSuccess(response?.status) ? objectIn(response?.body ?? '') : undefined;
}
