import { readConfiguration } from './configuration.ts';

/** How many worker processes share the configured concurrency; what is wrong with the input is said later. */
export function workerCount(environment: NodeJS.ProcessEnv): number {
  try {
    return Math.min(2, readConfiguration(environment, '.env').concurrency);
  } catch {
    return 1;
  }
}
