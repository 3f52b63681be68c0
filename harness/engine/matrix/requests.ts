import type { FixtureSet, FixtureThing, JsonValue, Operation, RequestVariant } from '../../model/index.ts';
import { type Builder, builders } from './documented-requests.ts';

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
  return builders[operation.id]?.grows === true;
}

/** True for operations that name something by an id of the target. */
export function namesAnId(operation: Operation): boolean {
  return /\/(profile|activat\w+|balances|update|register|items|redeem|transfer)$|\{/.test(operation.path);
}

/** Builds the request of a variant; operations of a foreign document get placeholders and an empty object. */
export function buildRequest(
  operation: Operation,
  variant: RequestVariant,
  set: FixtureSet,
  marker: string,
): RequestParts {
  const builder: Builder = builders[operation.id] ?? { body: () => ({}) };
  const useInvalid = variant === 'invalid' || (variant === 'repeatable' && builder.grows === true);
  const buildPath = (variant === 'by-reference' ? builder.pathByReference : undefined) ?? builder.path;
  const otherwise: Readonly<Record<string, Builder['body']>> = {
    'by-id': builder.byId,
    'by-reference': builder.byReference,
    'by-email': builder.byEmail,
    'every-member': builder.everyMember,
  };
  const buildBody = otherwise[variant.replace(/^foreign-.*(?=by-)/, '')] ?? builder.body;
  const values = buildPath?.(set) ?? {};
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) =>
    encodeURIComponent(values[name] ?? set.eventId),
  );
  const body = operation.takesBody
    ? useInvalid
      ? (builder.invalid ?? {})
      : (buildBody?.(set, marker) as JsonValue | undefined)
    : undefined;
  return {
    path,
    query: Object.entries(builder.query ?? {}),
    body,
    succeeds: !useInvalid && operation.id in builders && unknownThings(operation, set).length === 0,
  };
}

/** Things that the requests of an operation name and that the target did not let the suite make or find. */
export function unknownThings(operation: Operation, set: FixtureSet): readonly FixtureThing[] {
  return (builders[operation.id]?.uses ?? []).filter((thing) => !set.known.includes(thing));
}

/** True where the requests of an operation name things, and all of them were made or found. */
export function namesKnownThings(operation: Operation, set: FixtureSet): boolean {
  const things = builders[operation.id]?.uses ?? [];
  return things.length > 0 && things.every((thing) => set.known.includes(thing));
}
