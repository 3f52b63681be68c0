import type { FrontEnd } from './model.ts';
import { haproxyWrong } from './wrong/haproxy.ts';

/** HAProxy with one frontend and one backend. */
export const haproxy: FrontEnd = {
  id: 'haproxy',
  package: 'haproxy',
  program: '/usr/sbin/haproxy',
  manual: 'https://docs.haproxy.org/2.6/configuration.html#2.6',
  speaksTls: true,
  warns: {},
  command: ({ folder }) => ['-db', '-f', `${folder}/haproxy.cfg`],
  files: ({ port, node, isRoot, tls }, { sections = '', frontend = '', backend = '', server = '' }) => ({
    'haproxy.cfg': `global
    maxconn 1000
    ${isRoot ? 'user haproxy\n    group haproxy' : ''}

defaults
    mode http
    timeout connect 5s
    timeout client 50s
    timeout server 50s
${sections}
frontend api
    bind 127.0.0.1:${port}${tls === undefined ? '' : ` ssl crt ${tls.both}\n    http-response set-header Strict-Transport-Security max-age=31536000`}
    option forwardfor
    ${frontend}
    default_backend nodes
${
  tls === undefined
    ? ''
    : `
frontend plain
    bind 127.0.0.1:${tls.plainPort}
    http-request redirect prefix https://127.0.0.1:${port} code 308
`
}
backend nodes
    ${backend}
    server first 127.0.0.1:${node} ${server}
`,
  }),
  misconfigurations: haproxyWrong,
};
