import type { TargetConfiguration } from '../model.ts';

/** Every URL that the configuration names for requests of a run; key control has a way of its own. */
export function addressesOf({
  baseUrl,
  replicaUrls,
  httpUrl,
  jwksUrl,
}: Pick<TargetConfiguration, 'baseUrl' | 'replicaUrls' | 'httpUrl' | 'jwksUrl'>): string[] {
  return [baseUrl, ...replicaUrls, httpUrl, jwksUrl].filter((url) => url !== undefined);
}

/** The port of a base URL spoken to in the clear. */
export function inTheClearOf(baseUrl: string): string {
  const { hostname, port, pathname } = new URL(baseUrl);
  return `http://${hostname}:${port || '443'}${pathname.replace(/\/+$/, '')}`;
}

/** Whether a URL is on the same host and port as one that the configuration names. */
export function isNamed(url: string, { control, ...target }: TargetConfiguration): boolean {
  const named = [...addressesOf(target), ...(control?.kind === 'url' ? [control.url] : [])];
  return URL.canParse(url) && named.some((one) => new URL(one).origin === new URL(url).origin);
}
