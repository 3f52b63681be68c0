import * as z from 'zod';
import type { components } from '../../schemas/generated/control.types.ts';

type Schemas = components['schemas'];

/** What key control says of itself. */
export const descriptionSchema = z.object({
  implementation: z.object({ name: z.string(), version: z.string(), url: z.string().optional() }),
  features: z.array(z.string()),
  jwks_url: z.string().optional(),
});
export type Description = z.infer<typeof descriptionSchema>;

export const projectSchema = z.object({ id: z.string(), name: z.string() });

export const controlledKeySchema: z.ZodType<Schemas['ControlKey']> = z.object({
  id: z.string(),
  key: z.string().regex(/^[\w-]+\.[\w-]+\.[\w-]+$/, 'it is not a signed JWT'),
  project_id: z.string(),
  permission: z.enum(['read', 'write']),
});
/** A key as key control hands it out. */
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
  /** Moves the clock that expiry goes by; returns Unix seconds. */
  advanceClock(seconds: number): Promise<number>;
}

/** Key control did not do what was asked; the message names the verb and never holds a key or token. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** Checks an answer; throws ControlError naming the verb and the member that is wrong. */
export function checkAnswer<T>(schema: z.ZodType<T>, value: unknown, verb: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') || 'the answer';
  throw new ControlError(`key control answers ${verb} with an unexpected ${where}: ${issue?.message}`);
}
