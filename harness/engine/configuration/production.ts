import type { RunOptions, TargetConfiguration } from '../../model/index.ts';
import { allAddressesOf } from './addresses.ts';
import { ConfigurationError } from './configuration-error.ts';
import { hostOf, isAmong, readHostEntry } from './hosts.ts';

/** Every production host that the configuration names, whatever is sent there. */
function productionHostsOf(target: TargetConfiguration): readonly string[] {
  const hosts = allAddressesOf(target).map(hostOf);
  return [...new Set(hosts)].filter((host) => isAmong(host, target.productionHosts));
}

/** The first host of a target that is a production host; undefined where none is. */
export function productionHostOf(target: TargetConfiguration): string | undefined {
  return productionHostsOf(target)[0];
}

/**
 * Keeps the suite away from production: refused unless `--allow-production` repeats every such host, and then at most
 * the mode `observe`. Returns the options as they take effect; throws ConfigurationError.
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
