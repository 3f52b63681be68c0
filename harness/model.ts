/**
 * The vocabulary of the suite. Every stage speaks these types; nothing here imports a stage.
 */
export * from './model/baseline.ts';
export * from './model/bounded-pattern.ts';
export * from './model/bounded-yaml.ts';
export * from './model/catalogue.ts';
export * from './model/commands.ts';
export * from './model/credential.ts';
export * from './model/exchange.ts';
export * from './model/framing.ts';
export * from './model/input-file.ts';
export { privateMembers } from './model/jwk.ts';
export * from './model/results.ts';
export * from './model/run.ts';
export * from './model/session.ts';
export * from './model/status.ts';
export * from './model/terms.ts';
