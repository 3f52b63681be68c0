import type { RunOptions, TargetConfiguration } from '../model.ts';
import { ConfigurationError } from './configuration-error.ts';

/**
 * Keeps the suite away from production: refused unless `--allow-production` repeats the host, and then at most
 * the mode `observe`. Returns the options as they take effect; throws ConfigurationError.
 */
export function guardProduction(target: TargetConfiguration, options: RunOptions): RunOptions {
  const urls = [target.baseUrl, ...target.replicaUrls, target.httpUrl].filter((url) => url !== undefined);
  const hosts = urls.map((url) => new URL(url).hostname.replace(/\.$/, ''));
  const production = hosts.find((host) => target.productionHosts.includes(host));
  if (production === undefined) return options;
  if (options.allowProduction !== production) {
    throw new ConfigurationError(
      `${production} is a production host; the suite sends forged keys there only with --allow-production ${production}.`,
    );
  }
  return { ...options, mode: 'observe' };
}
