import type { TargetConfiguration } from '../../model/index.ts';

/** Every URL in the configuration that a run sends requests to; key control is separate. */
export function targetAddresses({
  baseUrl,
  replicaUrls,
  httpUrl,
  jwksUrl,
}: Pick<TargetConfiguration, 'baseUrl' | 'replicaUrls' | 'httpUrl' | 'jwksUrl'>): string[] {
  const urls = [baseUrl, ...replicaUrls, httpUrl, jwksUrl].filter((url) => url !== undefined);
  return urls.filter((url) => !url.startsWith('data:'));
}

/** The address of a base URL for plain HTTP to the same port. */
export function inTheClearOf(baseUrl: string): string {
  const { hostname, port, pathname } = new URL(baseUrl);
  return `http://${hostname}:${port || '443'}${pathname.replace(/\/+$/, '')}`;
}

/** The same, with the URL of key control. */
export function allAddresses({ control, ...target }: TargetConfiguration): string[] {
  return [...targetAddresses(target), ...(control?.kind === 'url' ? [control.url] : [])];
}

/** Whether a URL has the same host and port as one in the configuration. */
export function isNamed(url: string, target: TargetConfiguration): boolean {
  return URL.canParse(url) && allAddresses(target).some((one) => new URL(one).origin === new URL(url).origin);
}
