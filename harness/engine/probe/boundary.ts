/** A request would have left the target: a fault of the suite; nothing was sent. */
export class OutsideTarget extends Error {
  override readonly name = 'OutsideTarget';
}

/** Limits where requests may go. */
export interface Boundary {
  /** Throws OutsideTarget if a URL is neither one of the allowed URLs nor below one of them. */
  check(url: string): void;
  allow(url: string): void;
}

/** The boundary around these URLs; undefined, as in tests of a single request: no boundary. */
export function boundaryOf(within: readonly string[] | undefined): Boundary {
  const bases = (within ?? []).map(bare);
  return {
    check: (url) => {
      if (within === undefined || bases.some((base) => isBelow(url, base))) return;
      throw new OutsideTarget('the request was not sent, because its URL is outside the target');
    },
    allow: (url) => {
      bases.push(bare(url));
    },
  };
}

const bare = (url: string): string => url.replace(/\/+$/, '');

/** As the URL is written, for raw requests, and as parsed, with dot segments resolved. */
function isBelow(url: string, base: string): boolean {
  if (!url.startsWith(base) || !/^([/?]|$)/.test(url.slice(base.length)) || !URL.canParse(url)) return false;
  const [{ origin, pathname }, allowed] = [new URL(url), new URL(base)];
  const prefix = allowed.pathname.replace(/\/+$/, '');
  return origin === allowed.origin && (pathname === prefix || pathname.startsWith(`${prefix}/`));
}
