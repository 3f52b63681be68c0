import * as z from 'zod';
import { type ParameterKind, reasons } from './reasons.ts';

export type ReasonCode = keyof typeof reasons;

interface Values {
  readonly text: string;
  readonly number: number;
  readonly flag: boolean;
  readonly texts: readonly string[];
  readonly reason: Reason;
  readonly reasons: readonly Reason[];
}

type Table = typeof reasons;
type RequiredParameters<C extends ReasonCode> = {
  readonly [N in keyof Table[C] as Table[C][N] extends keyof Values
    ? N
    : never]: Table[C][N] extends keyof Values ? Values[Table[C][N]] : never;
};
type OptionalParameters<C extends ReasonCode> = {
  readonly [N in keyof Table[C] as Table[C][N] extends `${string}?`
    ? N
    : never]?: Table[C][N] extends `${infer K extends keyof Values}?` ? Values[K] | undefined : never;
};

/** The parameters of a reason. */
export type ReasonParameters<C extends ReasonCode> = RequiredParameters<C> & OptionalParameters<C>;

/** Why something has its verdict, as data. */
export type Reason = {
  [C in ReasonCode]: { readonly code: C; readonly parameters: ReasonParameters<C> };
}[ReasonCode];

type ReasonArguments<C extends ReasonCode> = keyof Table[C] extends never
  ? []
  : [parameters: ReasonParameters<C>];

/** A reason of the table with its parameters. */
export function because<C extends ReasonCode>(code: C, ...given: ReasonArguments<C>): Reason {
  const entries = Object.entries(given[0] ?? {}).filter(([, value]) => value !== undefined);
  return { code, parameters: Object.fromEntries(entries) } as Reason;
}

const nested: z.ZodType<Reason> = z.lazy(() => reasonSchema);
const kinds: Readonly<Record<ParameterKind, z.ZodType>> = {
  text: z.string(),
  number: z.number(),
  flag: z.boolean(),
  texts: z.array(z.string()),
  reason: nested,
  reasons: z.array(nested),
  'text?': z.string().optional(),
  'number?': z.number().optional(),
  'reason?': nested.optional(),
};

const [first, ...others] = Object.entries(reasons).map(([code, parameters]) =>
  z.object({
    code: z.literal(code),
    parameters: z.object(
      Object.fromEntries(Object.entries(parameters).map(([name, kind]) => [name, kinds[kind]])),
    ),
  }),
);
if (first === undefined) throw new Error('there are no reasons');

/** Parses a reason that was stored. */
export const reasonSchema = z.discriminatedUnion('code', [first, ...others]) as unknown as z.ZodType<Reason>;

/** The same reason with every text in it changed, for example redacted. */
export function withTexts<T extends Reason>(reason: T, change: (text: string) => string): T {
  const changed = (value: unknown): unknown => {
    if (typeof value === 'string') return change(value);
    if (Array.isArray(value)) return value.map(changed);
    return typeof value === 'object' && value !== null ? withTexts(value as Reason, change) : value;
  };
  const parameters = Object.entries(reason.parameters).map(([name, value]) => [name, changed(value)]);
  return { ...reason, parameters: Object.fromEntries(parameters) };
}
