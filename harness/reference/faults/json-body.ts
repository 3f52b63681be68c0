import type { ApiRequest } from '../model.ts';

/** The members of a JSON object. */
export type JsonBody = Readonly<Record<string, unknown>>;

/** The JSON object in the body of a request; empty if the body is not a JSON object. */
export async function jsonBodyOf(request: ApiRequest): Promise<JsonBody> {
  try {
    const value: unknown = JSON.parse(await request.text());
    return typeof value === 'object' && value !== null ? (value as JsonBody) : {};
  } catch {
    return {};
  }
}
