import { readConfiguration } from '../../harness/engine/configuration/configuration.ts';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { guardProduction } from '../../harness/engine/configuration/production.ts';

/**
 * What the environment and `.env` say about a run: the target, what was asked for, and the options that may be used on
 * this target. Throws ConfigurationError.
 */
export function givenRun() {
  const configured = readConfiguration(process.env, '.env');
  const asked = readOptions(process.env);
  return { configured, asked, options: guardProduction(configured, asked) };
}
