import type { FrontEnd } from './model.ts';
import { varnishWrong } from './wrong/varnish.ts';

/** Varnish with one backend and its built-in VCL. */
export const varnish: FrontEnd = {
  id: 'varnish',
  package: 'varnish',
  program: '/usr/sbin/varnishd',
  manual: 'https://varnish-cache.org/docs/7.1/users-guide/vcl-backends.html',
  speaksTls: false,
  warns: {
    'contract/no-server-error':
      'Varnish answers 503 to each request with a trailer field, before the API sees it.',
  },
  command: ({ folder, scratch, port }) => [
    ...['-F', '-j', 'none', '-T', 'none', '-n', scratch, '-a', `127.0.0.1:${port}`],
    ...['-s', 'malloc,32m', '-p', 'vsl_space=4m', '-f', `${folder}/default.vcl`],
  ],
  files: (
    { node },
    { declarations = '', receive = '', hash = '', response = '', fetch = '', deliver = '' },
  ) => ({
    'default.vcl': `vcl 4.1;
import std;
import directors;
backend default {
    .host = "127.0.0.1";
    .port = "${node}";
}
${declarations}
sub vcl_recv {
    ${receive}
}
sub vcl_hash {
    ${hash}
}
sub vcl_backend_fetch {
    ${fetch}
}
sub vcl_backend_response {
    ${response}
}
sub vcl_deliver {
    ${deliver}
}
`,
  }),
  misconfigurations: varnishWrong,
};
