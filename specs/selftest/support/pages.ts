/** Default error answers of products that often run in front of an API, as they were received. */
export const fronts: readonly (readonly [
  name: string,
  type: string,
  headers: Readonly<Record<string, string>>,
  body: string,
])[] = [
  [
    'nginx',
    'text/html',
    { Server: 'nginx/1.22.1' },
    '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n',
  ],
  [
    'Apache httpd',
    'text/html; charset=iso-8859-1',
    { Server: 'Apache/2.4.71 (Debian)' },
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<title>403 Forbidden</title>\n</head><body>\n<h1>Forbidden</h1>\n</body></html>\n',
  ],
  [
    'HAProxy',
    'text/html',
    { 'cache-control': 'no-cache' },
    '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
  ],
  ['Caddy', '', { Server: 'Caddy' }, ''],
  [
    'Varnish',
    'text/html; charset=utf-8',
    { Server: 'Varnish', 'X-Varnish': '2', Age: '0', Via: '1.1 varnish (Varnish/7.1)' },
    '<!DOCTYPE html>\n<html>\n  <head>\n    <title>503 Backend fetch failed</title>\n  </head>\n  <body>\n    <h3>Guru Meditation:</h3>\n    <p>Varnish cache server</p>\n  </body>\n</html>\n',
  ],
  [
    'Squid',
    'text/html;charset=utf-8',
    { Server: 'squid/5.7', 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' },
    '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body></body></html>',
  ],
  [
    'lighttpd',
    'text/html',
    { Server: 'lighttpd/1.4.69' },
    '<?xml version="1.0" encoding="iso-8859-1"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"\n "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n<html></html>\n',
  ],
  [
    'Traffic Server',
    'text/html',
    {},
    '<HTML>\n<HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD>\n<BODY>\n<H1>Access Denied</H1>\n<FONT FACE="Helvetica,Arial"><B>\nDescription: You are not allowed to access the document you requested.\n</B></FONT>\n</BODY>\n',
  ],
  ['Envoy', 'text/plain', {}, 'Jwt is missing'],
  ['Traefik', 'text/plain; charset=utf-8', {}, 'no available server\n'],
  ['AWS ALB', 'text/html', { Server: 'awselb/2.0' }, '<html><center><h1>403 Forbidden</h1></center></html>'],
  [
    'AWS API Gateway',
    'application/json',
    { 'x-amzn-ErrorType': 'ForbiddenException' },
    '{"message":"Forbidden"}',
  ],
  [
    'Kong',
    'application/json; charset=utf-8',
    { Server: 'kong/3.4.0', 'X-Kong-Response-Latency': '1' },
    '{"message":"Unauthorized"}',
  ],
  [
    'Cloudflare',
    'text/html; charset=UTF-8',
    { Server: 'cloudflare', 'CF-RAY': '8a1b2c3d4e5f-FRA' },
    '<html><title>Attention Required! | Cloudflare</title></html>',
  ],
  [
    'Akamai',
    'text/html',
    { Server: 'AkamaiGHost' },
    '<HTML><TITLE>Access Denied</TITLE>Reference&#32;&#35;18&#46;2d</HTML>',
  ],
];

/** Answers that frameworks and application servers give by themselves; they are part of the API. */
export const frameworkAnswers: readonly (readonly [
  what: string,
  type: string,
  headers: Readonly<Record<string, string>>,
  body: string,
])[] = [
  [
    'Express',
    'text/html; charset=utf-8',
    { 'X-Powered-By': 'Express' },
    '<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>Cannot POST /v1/x</pre>\n</body>\n</html>\n',
  ],
  ['Starlette behind uvicorn', 'text/plain; charset=utf-8', { Server: 'uvicorn' }, 'Internal Server Error'],
  ['net/http of Go', 'text/plain; charset=utf-8', {}, '404 page not found\n'],
  ['Spring', 'text/html', {}, '<html><body><h1>Whitelabel Error Page</h1></body></html>'],
  [
    'Werkzeug',
    'text/html; charset=utf-8',
    { Server: 'Werkzeug/3.0.1 Python/3.11' },
    '<!doctype html>\n<html lang=en>\n<title>401 Unauthorized</title>\n<h1>Unauthorized</h1>\n',
  ],
  [
    'Jetty',
    'text/html;charset=iso-8859-1',
    { Server: 'Jetty(9.4.50)' },
    '<h2>HTTP ERROR 401</h2>Powered by Jetty',
  ],
  ['JSON of its own', 'application/problem+json', {}, '{"title":"Unauthorized"}'],
];
