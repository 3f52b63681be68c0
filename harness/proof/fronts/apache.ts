import type { FrontEnd, SiteTls } from './model.ts';
import { apacheWrong } from './wrong/apache.ts';

const modules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http', 'headers', 'rewrite', 'ssl', 'alias'];

function secured({ certificate, key }: SiteTls): string {
  return `SSLEngine on
  SSLCertificateFile ${certificate}
  SSLCertificateKeyFile ${key}
  Header always set Strict-Transport-Security "max-age=31536000"`;
}

/** Apache httpd with ProxyPass. */
export const apache: FrontEnd = {
  id: 'apache',
  package: 'apache2',
  program: '/usr/sbin/apache2',
  manual: 'https://httpd.apache.org/docs/2.4/howto/reverse_proxy.html',
  speaksTls: true,
  warns: {},
  command: ({ folder }) => ['-DFOREGROUND', '-f', `${folder}/httpd.conf`],
  files: ({ port, node, scratch, isRoot, tls }, { load = '', global = '', host = '', pass }) => ({
    'httpd.conf': `ServerRoot ${scratch}
DefaultRuntimeDir ${scratch}
PidFile ${scratch}/httpd.pid
ErrorLog ${scratch}/error.log
LogLevel crit
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
${tls === undefined ? '' : `Listen 127.0.0.1:${tls.plainPort}`}
${[...modules, ...load.split(' ').filter((name) => name !== '')].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
${global}
<VirtualHost 127.0.0.1:${port}>
  ${tls === undefined ? '' : secured(tls)}
  ${host}
  ${
    pass ??
    `ProxyPass "/" "http://127.0.0.1:${node}/"
  ProxyPassReverse "/" "http://127.0.0.1:${node}/"`
  }
</VirtualHost>
${
  tls === undefined
    ? ''
    : `<VirtualHost 127.0.0.1:${tls.plainPort}>
  Redirect 308 / https://127.0.0.1:${port}/
</VirtualHost>`
}
`,
  }),
  misconfigurations: apacheWrong,
};
