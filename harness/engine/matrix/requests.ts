import type { FixtureSet, FixtureThing, JsonValue, Operation, RequestVariant } from '../../model/index.ts';
import { known } from './operations/index.ts';
import type { Bodies } from './operations/known-operation.ts';

/** All parts of a request except the credential. */
export interface RequestParts {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** JSON value, or undefined for none. */
  readonly body: JsonValue | undefined;
  /**
   * True if a server that accepts the key answers with success; false if it rejects the content, so that nothing is
   * left behind.
   */
  readonly succeeds: boolean;
}

/** True if a successful request creates an object or uses one up. */
export function growsByIt(operation: Operation): boolean {
  return known(operation)?.grows === true;
}

/** The object that an operation reads, changes or uses up. */
export function thingOf(operation: Operation): FixtureThing | undefined {
  return known(operation)?.about;
}

/** True for operations that name an object by an id from the target. */
export function namesAnId(operation: Operation): boolean {
  return known(operation)?.about !== undefined || operation.path.includes('{');
}

/** Fills in the parameters of a path; `otherwise` is the value of those without one. */
export function fillPath(
  template: string,
  values: Readonly<Record<string, string>>,
  otherwise: string,
): string {
  return template.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(values[name] ?? otherwise),
  );
}

/** Builds the request of a variant; operations of another document get placeholders and an empty object. */
export function buildRequest(
  operation: Operation,
  variant: RequestVariant,
  set: FixtureSet,
  marker: string,
): RequestParts {
  const knowledge = known(operation);
  const bodies: Bodies = knowledge?.bodies ?? {
    valid: () => (knowledge === undefined ? {} : undefined),
    invalid: {},
  };
  const useInvalid = variant === 'invalid' || (variant === 'repeatable' && growsByIt(operation));
  const makePath = (variant === 'by-reference' ? knowledge?.pathByReference : undefined) ?? knowledge?.path;
  const body = operation.takesBody
    ? useInvalid
      ? bodies.invalid
      : (bodyOf(bodies, variant)(set, marker) as JsonValue | undefined)
    : undefined;
  return {
    path: fillPath(operation.path, makePath?.(set) ?? {}, set.eventId),
    query: Object.entries(knowledge?.query ?? {}),
    body,
    succeeds: !useInvalid && knowledge !== undefined && unknownThings(operation, set).length === 0,
  };
}

/** `foreign-user-by-email` uses the body of `by-email`; an operation that has no special body uses the valid one. */
function bodyOf(bodies: Bodies, variant: RequestVariant): Bodies['valid'] {
  switch (variant.replace(/^foreign-.*(?=by-)/, '')) {
    case 'by-id':
      return bodies['by-id'] ?? bodies.valid;
    case 'by-reference':
      return bodies['by-reference'] ?? bodies.valid;
    case 'by-email':
      return bodies['by-email'] ?? bodies.valid;
    case 'every-member':
      return bodies['every-member'] ?? bodies.valid;
    case 'two-items':
      return bodies['two-items'] ?? bodies.valid;
    case 'hundred-items':
      return bodies['hundred-items'] ?? bodies.valid;
    case 'most-items':
      return bodies['most-items'] ?? bodies.valid;
    default:
      return bodies.valid;
  }
}

/** Objects that the requests of an operation name, and that the suite could not create or find. */
export function unknownThings(operation: Operation, set: FixtureSet): readonly FixtureThing[] {
  return (known(operation)?.needs ?? []).filter((thing) => !set.known.includes(thing));
}

/** True if the requests of an operation name objects, and all of them were created or found. */
export function namesKnownThings(operation: Operation, set: FixtureSet): boolean {
  const things = known(operation)?.needs ?? [];
  return things.length > 0 && things.every((thing) => set.known.includes(thing));
}
