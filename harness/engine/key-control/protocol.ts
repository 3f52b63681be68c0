import * as z from 'zod';
import type { components } from '../../../schemas/generated/control.types.ts';
import { because, type Reason } from '../../model/index.ts';
import { readAnswer } from './read-answer.ts';

type Schemas = components['schemas'];

/** Input from outside is limited here: names, addresses and ids are short. */
const upTo = (most: number) => z.string().max(most, `it is longer than ${most} characters`);
const name = upTo(200);
const address = upTo(2000);
const id = upTo(1000);

/** The self-description of key control. */
export const descriptionSchema = z.object({
  implementation: z.object({ name, version: name, url: address.optional() }),
  features: z.array(name).max(100, 'it has more than 100 entries'),
  jwks_url: address.optional(),
});
export type Description = z.infer<typeof descriptionSchema>;

export const projectSchema = z.object({ id, name });

/** Servers commonly accept 8 to 16 KiB of headers. */
const longestKey = 16_384;

export const controlledKeySchema: z.ZodType<Schemas['ControlKey']> = z.object({
  id,
  key: upTo(longestKey).regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'it is not a signed JWT'),
  project_id: id,
  permission: z.enum(['read', 'write']),
});
/** A key as key control returns it. */
export type ControlledKey = Schemas['ControlKey'];

export const clockSchema = z.object({ now: z.number() });

export type KeyRequest = Schemas['CreateKeyRequest'];

/** The verbs of key control, over HTTP or a command; each throws ControlError. */
export interface Control {
  describe(): Promise<Description>;
  createProject(name: string): Promise<z.infer<typeof projectSchema>>;
  createKey(request: KeyRequest): Promise<ControlledKey>;
  regenerateKey(id: string): Promise<ControlledKey>;
  revokeKey(id: string): Promise<void>;
  /** Moves the clock that decides about expiry; returns Unix seconds. */
  advanceClock(seconds: number): Promise<number>;
}

interface ControlFailure {
  /** Id of a key that was created although the call failed, so that it can be revoked. */
  readonly madeId?: string | undefined;
  /** The status of the answer as a text: a recording keeps this of an error. */
  readonly code?: string | undefined;
}

/**
 * Key control did not do what was asked; the message names the verb and never contains a key or token. What the engine
 * itself says about key control is a reason.
 */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly because: Reason;
  readonly madeId?: string;
  readonly code?: string;

  constructor(said: string | Reason, { madeId, code }: ControlFailure = {}) {
    super(typeof said === 'string' ? said : said.code);
    this.because = typeof said === 'string' ? because('control-failed', { message: said }) : said;
    if (madeId !== undefined) this.madeId = madeId;
    if (code !== undefined) this.code = code;
  }
}

/** Checks an answer; throws ControlError with the verb and the member that is wrong. */
export function checkAnswer<T>(schema: z.ZodType<T>, value: unknown, verb: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the answer';
  const message = `key control answers ${verb} with an unexpected ${where}: ${issue?.message}`;
  throw new ControlError(message, { madeId: madeIdIn(value, verb) });
}

const answers: Readonly<Record<string, z.ZodType>> = {
  describe: descriptionSchema,
  'create-project': projectSchema,
  'create-key': controlledKeySchema,
  'regenerate-key': controlledKeySchema,
  'advance-clock': clockSchema,
};

/**
 * Tests whether a document is the answer to a verb, and not a log line: first strictly, then at least by the id of a
 * key.
 */
const isAnswerTo = (verb: string): readonly ((value: unknown) => boolean)[] => [
  (value) => answers[verb]?.safeParse(value).success === true,
  (value) => madeIdIn(value, verb) !== undefined,
];

/** The JSON document in the output of key control for a verb; undefined if there is none. */
export function documentIn(text: string, verb: string): unknown {
  try {
    return readAnswer(text, isAnswerTo(verb));
  } catch {
    return undefined;
  }
}

function makesKeys(verb: string): boolean {
  return verb === 'create-key' || verb === 'regenerate-key';
}

/** The id in an unusable answer, if the verb creates keys. */
export function madeIdIn(value: unknown, verb: string): string | undefined {
  if (!makesKeys(verb)) return undefined;
  const made = z.object({ id: z.string().min(1) }).safeParse(value);
  return made.success ? made.data.id : undefined;
}
