import { expect, test } from '@playwright/test';
import { showsTrace } from '../../../../harness/engine/verdict/observations/traces.ts';

/** Bodies that frameworks send in production mode; none of them shows a trace. */
const quiet = [
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Error</title></head>\n<body><pre>Cannot GET /v1/x.php</pre></body></html>',
  '{"statusCode":401,"code":"FST_JWT_NO_AUTHORIZATION_IN_HEADER","error":"Unauthorized","message":"No Authorization was found"}',
  '{"detail":[{"type":"missing","loc":["body","name"],"msg":"Field required","url":"https://errors.pydantic.dev/2/v/missing"}]}',
  '<!doctype html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.</p>',
  '{"type":"https://tools.ietf.org/html/rfc9110","title":"One or more errors","errors":{"$":["The JSON value could not be converted to System.String. Path: $.name"]}}',
  '<html><head><title>HTTP Status 401 – Unauthorized</title></head><body><h3>Apache Tomcat/10.1</h3></body></html>',
  '{"timestamp":"2026-01-01T00:00:00Z","status":400,"error":"Bad Request","path":"/v1/events/create"}',
  '{"message":"Unauthenticated."}',
  '{"status":404,"error":"Not Found"}',
  "We're sorry, but something went wrong. If you are the application owner check the logs for more information.",
  '404 page not found\n',
  '{"message":"line 12 of the order, in stock: see guide.php for more"}',
];

for (const body of quiet) {
  test(`no trace is seen in ${body.slice(0, 60).replaceAll('\n', ' ')}`, () => {
    expect(showsTrace(body)).toBe(false);
  });
}
