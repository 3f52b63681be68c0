import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Answer, Call } from './model.ts';
import { Refusal } from './refusal.ts';
import { readRequest, type ServerContext } from './request.ts';
import { steps, type World } from './steps.ts';

/** Answers one request to the API: runs the steps of the policy in order, then lets the policy change the answer. */
export async function answerApi(world: World, context: ServerContext): Promise<Response> {
  const request = readRequest(context);
  const match = world.policy.findOperation(request.method, request.path, request);
  const call: Call = { request, operation: match?.operation, params: match?.params ?? {} };
  try {
    for (const step of world.policy.order) await steps[step](world, call);
    const status = call.operation?.success[0] ?? 200;
    return send(context, await world.policy.finish({ status, headers: {}, body: call.result }, call));
  } catch (error) {
    if (error instanceof Refusal) return send(context, await refused(world, call, error));
    const body = { error: 'internal', message: 'The server failed.' };
    return send(context, await world.policy.finish({ status: 500, headers: {}, body }, call));
  }
}

async function refused({ policy }: World, call: Call, refusal: Refusal): Promise<Answer> {
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
  return policy.finish(answer, call, refusal.why);
}

/** Writes to the connection itself if the whole body is there: a Response with a stream would double the cost. */
function send({ env }: ServerContext, { status, headers, body }: Answer): Response {
  const text = typeof body === 'string';
  const fields = { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json', ...headers };
  if (body instanceof ReadableStream) return new Response(body, { status, headers: fields });
  const outgoing: ServerResponse = env.outgoing as ServerResponse;
  if (body === undefined) outgoing.writeHead(status, fields).end();
  else {
    const whole = text ? body : JSON.stringify(body);
    outgoing.writeHead(status, { ...fields, 'content-length': Buffer.byteLength(whole) }).end(whole);
  }
  return RESPONSE_ALREADY_SENT;
}
