import type { RunOptions, TargetConfiguration } from '../../model/index.ts';
import { allAddresses } from './addresses.ts';
import { ConfigurationError } from './configuration-error.ts';
import { hostOf, isAmong, readHostEntry } from './hosts.ts';

/** Every production host in the configuration, whatever is sent to it. */
function productionHostsOf(target: TargetConfiguration): readonly string[] {
  const hosts = allAddresses(target).map(hostOf);
  return [...new Set(hosts)].filter((host) => isAmong(host, target.productionHosts));
}

/** The first production host of a target; undefined if there is none. */
export function productionHostOf(target: TargetConfiguration): string | undefined {
  return productionHostsOf(target)[0];
}

/**
 * Protects production: rejected unless `--allow-production` repeats every such host, and then mode `observe` at most.
 * Returns the options that take effect; throws ConfigurationError.
 */
export function guardProduction(target: TargetConfiguration, options: RunOptions): RunOptions {
  const hosts = productionHostsOf(target);
  if (hosts.length === 0) return options;
  const allowed = (options.allowProduction ?? '').split(',').map((text) => {
    const entry = readHostEntry(text);
    return 'host' in entry ? entry.host : '';
  });
  const refused = hosts.find((host) => !allowed.includes(host));
  if (refused !== undefined) {
    throw new ConfigurationError(
      `${refused} is a production host; the suite sends forged keys to it only with --allow-production ${hosts.join(',')}.`,
    );
  }
  return { ...options, mode: 'observe' };
}
