import type { ExchangeReport } from '../../model/report.ts';
import { excerpt } from './text.ts';

type WithSource = Pick<ExchangeReport, 'seems'>;

/** Who seems to have answered, one clause each; empty if it looks like the API itself. */
export function answererOf({ seems }: WithSource): readonly string[] {
  const { inFront, cache } = seems ?? {};
  const details = [inFront?.name, inFront?.type].filter((part) => part !== undefined);
  const named = details.length === 0 ? '' : ` (${excerpt(details.join(', '), 200)})`;
  return [
    ...(inFront === undefined
      ? []
      : [`this answer seems to come from something in front of the API${named}`]),
    ...(cache === undefined ? [] : [`a cache may have answered (${excerpt(cache, 200)})`]),
  ];
}

/** The name that advice uses for what seems to be in front of the API; undefined if there is nothing. */
export function frontOf({ seems }: WithSource): string | undefined {
  if (seems?.inFront === undefined) return undefined;
  const { name } = seems.inFront;
  return name === undefined
    ? 'the proxy or gateway in front of the API'
    : `${excerpt(name, 80)} in front of the API`;
}
