import type { FrontEnd } from './model.ts';
import { nginxWrong } from './wrong/nginx.ts';

/** nginx as a reverse proxy, with TLS as its manual describes it. */
export const nginx: FrontEnd = {
  id: 'nginx',
  package: 'nginx',
  program: '/usr/sbin/nginx',
  manual: 'https://nginx.org/en/docs/beginners_guide.html#proxy',
  speaksTls: true,
  warns: {},
  command: ({ folder, scratch }) => ['-p', scratch, '-e', 'stderr', '-c', `${folder}/nginx.conf`],
  files: ({ port, node, scratch, isRoot, tls }, { http = '', server = '', location = '', pass }) => ({
    'nginx.conf': `daemon off;
worker_processes 1;
${isRoot ? 'user www-data;' : ''}
pid ${scratch}/nginx.pid;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${scratch}/${name};`).join(' ')}
  ${http}
  server {
    listen 127.0.0.1:${port}${
      tls === undefined
        ? ';'
        : ` ssl http2;
    ssl_certificate ${tls.certificate};
    ssl_certificate_key ${tls.key};
    add_header Strict-Transport-Security "max-age=31536000" always;`
    }
    ${server}
    location / {
      proxy_pass ${pass ?? `http://127.0.0.1:${node}`};
      proxy_set_header Host $host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      ${location}
    }
  }
  ${
    tls === undefined
      ? ''
      : `server {
    listen 127.0.0.1:${tls.plainPort};
    return 308 https://$host:${port}$request_uri;
  }`
  }
}
`,
  }),
  misconfigurations: nginxWrong,
};
