/** The vocabulary of the suite. Every stage uses these types; nothing here imports a stage. */
export * from './baseline.ts';
export * from './bounded-pattern.ts';
export * from './bounded-yaml.ts';
export * from './catalogue.ts';
export * from './commands.ts';
export * from './credential.ts';
export * from './exchange.ts';
export * from './framing.ts';
export * from './input-file.ts';
export { privateMembers } from './jwk.ts';
export * from './key-spellings.ts';
export * from './reason.ts';
export * from './results.ts';
export * from './run.ts';
export * from './session.ts';
export * from './status.ts';
export * from './terms.ts';
export * from './verdicts.ts';
