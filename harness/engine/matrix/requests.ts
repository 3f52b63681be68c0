import type { FixtureSet, FixtureThing, JsonValue, Operation, RequestVariant } from '../../model/index.ts';
import { known } from './operations/index.ts';
import type { Bodies } from './operations/known-operation.ts';

/** Everything of a request but the credential. */
export interface RequestParts {
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** JSON value, or undefined for none. */
  readonly body: JsonValue | undefined;
  /**
   * True where a server that lets the key through answers with success; false where it complains about the
   * content, so that nothing is left behind.
   */
  readonly succeeds: boolean;
}

/** True where a request that succeeds makes one more thing, or uses one up. */
export function growsByIt(operation: Operation): boolean {
  return known(operation)?.grows === true;
}

/** What an operation looks at, changes or uses up. */
export function thingOf(operation: Operation): FixtureThing | undefined {
  return known(operation)?.about;
}

/** True for operations that name something by an id of the target. */
export function namesAnId(operation: Operation): boolean {
  return known(operation)?.about !== undefined || operation.path.includes('{');
}

/** Fills the parameters of a path; `otherwise` is the value of those that are not given. */
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

/** `foreign-user-by-email` takes the body of `by-email`; what an operation has no other body for takes the valid one. */
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

/** Things that the requests of an operation name and that the target did not let the suite make or find. */
export function unknownThings(operation: Operation, set: FixtureSet): readonly FixtureThing[] {
  return (known(operation)?.needs ?? []).filter((thing) => !set.known.includes(thing));
}

/** True where the requests of an operation name things, and all of them were made or found. */
export function namesKnownThings(operation: Operation, set: FixtureSet): boolean {
  const things = known(operation)?.needs ?? [];
  return things.length > 0 && things.every((thing) => set.known.includes(thing));
}
