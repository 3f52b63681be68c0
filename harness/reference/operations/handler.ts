import type { Call } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { Scope } from '../store.ts';

/** An operation: finds what the request names, and does the work. Both may throw a Refusal. */
export interface Handler {
  /** True if everything that the request names exists. The body may still be invalid and name nothing. */
  readonly locate?: (scope: Scope, call: Call) => boolean;
  readonly perform: (scope: Scope, call: Call) => unknown;
}

/** The body, which has been validated against the schema that `T` was generated from. */
export function bodyOf<T extends object>(call: Call): Partial<T> {
  return typeof call.body === 'object' && call.body !== null ? (call.body as Partial<T>) : {};
}

/** True if the body has one of these members as text. */
export function names(call: Call, ...members: readonly string[]): boolean {
  const body: Readonly<Record<string, unknown>> = bodyOf(call);
  return members.some((member) => typeof body[member] === 'string');
}

/** Returns what `locate` found before; throws if it is missing. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Refusal('missing');
  return value;
}

/** Returns a member that the schema requires; throws if it is missing. */
export function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Refusal('invalid', `body must have required property '${name}'`);
  return value;
}

/** The time as the API writes it. */
export function timestamp(): string {
  return new Date().toISOString();
}

/** The time in Unix seconds. */
export function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
