/**
 * What other projects import: the reference server, to develop against and to start in their own tests. Everything
 * else is the command line.
 */
export {
  type Reference,
  type ReferenceKeys,
  type ReferenceOptions,
  startReference,
} from './reference/start.ts';
