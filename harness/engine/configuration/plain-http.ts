/** Where the target of an https URL would answer plain HTTP: on port 80, if HTTPS uses its usual port. */
export function plainUrlOf(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined) return undefined;
  const { protocol, port, hostname, pathname } = new URL(baseUrl);
  if (protocol !== 'https:' || port !== '') return undefined;
  return `http://${hostname}${pathname.replace(/\/+$/, '')}`;
}

/** True if all of these URLs stay on this machine, so nobody can listen on the way. */
export function isOnLoopback(...urls: readonly (string | undefined)[]): boolean {
  return urls.every((url) => url === undefined || isLoopback(new URL(url).hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
