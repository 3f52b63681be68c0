import type { ApiRequest, Call } from '../model.ts';
import type { JsonBody } from './json-body.ts';

/** Whether a body is announced as a form. */
export function isForm({ headers }: ApiRequest): boolean {
  return headers['content-type'] === 'application/x-www-form-urlencoded';
}

/** The fields of a form, all of them texts. */
export async function fieldsOf(request: ApiRequest): Promise<JsonBody> {
  return Object.fromEntries(new URLSearchParams(await request.text()));
}

/** The fields of a form as the body that the operation expects. */
export async function formOf({ request, operation }: Call): Promise<unknown> {
  const { _method: _, ...fields } = await fieldsOf(request);
  return operation?.operationId === 'createUsers' ? [fields] : fields;
}
