import type { components } from '../../../../schemas/generated/mufi.types.ts';
import type {
  FixtureSet,
  FixtureThing,
  ForeignVariant,
  JsonValue,
  RequestVariant,
} from '../../../model/index.ts';
import type { Lookup } from './lookup.ts';
import type { Paging } from './paging.ts';

/** The bodies of the OpenAPI document. */
export type Schemas = components['schemas'];

/** Makes a body. `marker` is a text that a later look-up finds again. */
export type MakeBody = (set: FixtureSet, marker: string) => unknown;
type MakePath = (set: FixtureSet) => Readonly<Record<string, string>>;

/** The request bodies of an operation, by how they name the same thing. */
export interface Bodies {
  readonly valid: MakeBody;
  readonly 'by-id'?: MakeBody;
  readonly 'by-reference'?: MakeBody;
  readonly 'by-email'?: MakeBody;
  /** With every documented member, except other ways to name the same thing. */
  readonly 'every-member'?: MakeBody;
  /** With so many entries where an operation takes a list of them; the last: as many as is documented. */
  readonly 'two-items'?: MakeBody;
  readonly 'hundred-items'?: MakeBody;
  readonly 'most-items'?: MakeBody;
  /** Breaks the schema. */
  readonly invalid: JsonValue;
}

/** What the suite knows of one operation. What the OpenAPI document says is not repeated: permission, statuses, schemas. */
export interface KnownOperation {
  /** Method and path template as in the document, for example "POST /v1/events/create". */
  readonly id: string;
  /** Things that have to exist for the request to succeed. */
  readonly needs?: readonly FixtureThing[];
  /** The thing whose id the request names: it is looked at, changed, or used up. */
  readonly about?: FixtureThing;
  /** Values for the parameters of the path. */
  readonly path?: MakePath;
  readonly pathByReference?: MakePath;
  readonly query?: Readonly<Record<string, string>>;
  readonly bodies?: Bodies;
  /** Things of another project that its request can name beside own ones. */
  readonly crossProject?: readonly ForeignVariant[];
  /** Makes one more thing each time, or uses one up: the repeatable request is the invalid one. */
  readonly grows?: true;
  /** Answers 409 when what it makes exists already. */
  readonly conflicts?: true;
  /** Stands for all operations of its permission where one is enough. */
  readonly stands?: true;
  /** Any key of a project may use it and needs nothing for it: it shows that a key works. */
  readonly showsAccess?: true;
  /** How its list is read in parts. */
  readonly paging?: Paging;
  /** How the owner finds out whether its write happened. */
  readonly lookup?: Lookup;
  /** Finds a thing of the fixture by its fixed name. */
  readonly finds?: FixtureThing;
  /** Makes a thing of the fixture: bodies that are tried in order. */
  readonly makes?: { readonly thing: FixtureThing; bodies(set: FixtureSet): readonly JsonValue[] };
  /** Writes a note into a thing of the fixture, for later runs. */
  readonly notes?: { readonly thing: FixtureThing; body(set: FixtureSet, note: string): JsonValue };
  /** The body with which a write key does real work that leaves nothing growing, and what that needs. */
  readonly work?: { readonly needs?: readonly FixtureThing[]; body(set: FixtureSet): JsonValue };
  /** Real work that is undone at once: a thing changes its owner and goes back. */
  readonly moves?: {
    readonly thing: FixtureThing;
    forth(set: FixtureSet): JsonValue;
    back(set: FixtureSet): JsonValue;
  };
}

/** Whether an operation has a request of its own for a variant. */
export function offers(
  { bodies, pathByReference, crossProject = [] }: KnownOperation,
  variant: RequestVariant,
): boolean {
  const named: readonly string[] = [...Object.keys(bodies ?? {}), ...crossProject];
  return named.includes(variant) || (variant === 'by-reference' && pathByReference !== undefined);
}
