import type { TargetConfiguration } from '../../model/index.ts';

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

/** The same with the URL of key control. */
export function allAddressesOf({ control, ...target }: TargetConfiguration): string[] {
  return [...addressesOf(target), ...(control?.kind === 'url' ? [control.url] : [])];
}

/** Whether a URL is on the same host and port as one that the configuration names. */
export function isNamed(url: string, target: TargetConfiguration): boolean {
  return (
    URL.canParse(url) && allAddressesOf(target).some((one) => new URL(one).origin === new URL(url).origin)
  );
}
