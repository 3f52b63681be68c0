/** Throws one sentence if a path of a document would not stay below the base URL. */
export function checkPath(path: string): void {
  const shown = JSON.stringify(path.replace(/[^\x20-\x7e]/gu, '?').slice(0, 100));
  const fault = faultOf(path);
  if (fault !== undefined) throw new Error(`The path ${shown} ${fault}.`);
}

function faultOf(path: string): string | undefined {
  if (!path.startsWith('/')) return 'does not begin with "/"';
  if (/[^\x21-\x7e]/u.test(path)) return 'has a character that a URL cannot have';
  if (/[?#\\]/.test(path)) return 'has "?", "#" or "\\"';
  const segments = path.split('/').map((segment) => segment.replaceAll(/%2e/gi, '.'));
  return segments.some((segment) => segment === '.' || segment === '..') ? 'has a dot segment' : undefined;
}
