import type { RunOptions, TargetConfiguration } from '../model.ts';
import { ConfigurationError } from './configuration-error.ts';

/** The first host of a target that is a production host; undefined where none is. */
export function productionHostOf(target: TargetConfiguration): string | undefined {
  const urls = [target.baseUrl, ...target.replicaUrls, target.httpUrl].filter((url) => url !== undefined);
  const hosts = urls.map((url) => new URL(url).hostname.replace(/\.$/, ''));
  return hosts.find((host) => target.productionHosts.includes(host));
}

/**
 * Keeps the suite away from production: refused unless `--allow-production` repeats the host, and then at most
 * the mode `observe`. Returns the options as they take effect; throws ConfigurationError.
 */
export function guardProduction(target: TargetConfiguration, options: RunOptions): RunOptions {
  const production = productionHostOf(target);
  if (production === undefined) return options;
  if (options.allowProduction !== production) {
    throw new ConfigurationError(
      `${production} is a production host; the suite sends forged keys there only with --allow-production ${production}.`,
    );
  }
  return { ...options, mode: 'observe' };
}
