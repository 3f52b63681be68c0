import type { Answer, Call } from './model.ts';
import { Refusal } from './refusal.ts';
import { readRequest, type ServerContext } from './request.ts';
import { steps, type World } from './steps.ts';

/** Answers one request to the API: the steps of the policy in their order, then its last word. */
export async function answerApi(world: World, context: ServerContext): Promise<Response> {
  const request = readRequest(context);
  const match = world.policy.findOperation(request.method, request.path, request);
  const call: Call = { request, operation: match?.operation, params: match?.params ?? {} };
  try {
    for (const step of world.policy.order) await steps[step](world, call);
    const status = call.operation?.success[0] ?? 200;
    return toResponse(await world.policy.finish({ status, headers: {}, body: call.result }, call));
  } catch (error) {
    if (error instanceof Refusal) return refused(world, call, error);
    const body = { error: 'internal', message: 'The server failed.' };
    return toResponse(await world.policy.finish({ status: 500, headers: {}, body }, call));
  }
}

async function refused({ policy }: World, call: Call, refusal: Refusal): Promise<Response> {
  const status = policy.statusOf(refusal.why, call);
  const challenge = status === 401 ? policy.challenge(refusal.why) : undefined;
  const answer: Answer = {
    status,
    headers: {
      ...(challenge === undefined ? {} : { 'www-authenticate': challenge }),
      ...(status === 429 ? { 'retry-after': '0' } : {}),
    },
    body: policy.errorBody(status, refusal, call),
  };
  return toResponse(await policy.finish(answer, call, refusal.why));
}

function toResponse({ status, headers, body }: Answer): Response {
  const type = {
    'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
  };
  const ready = body === undefined || typeof body === 'string' || body instanceof ReadableStream;
  return new Response(ready ? (body ?? null) : JSON.stringify(body), {
    status,
    headers: { ...type, ...headers },
  });
}
