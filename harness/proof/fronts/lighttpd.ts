import type { FrontEnd } from './model.ts';
import { lighttpdWrong } from './wrong/lighttpd.ts';

/** lighttpd with mod_proxy. */
export const lighttpd: FrontEnd = {
  id: 'lighttpd',
  package: 'lighttpd',
  program: '/usr/sbin/lighttpd',
  manual: 'https://redmine.lighttpd.net/projects/lighttpd/wiki/Docs_ModProxy',
  speaksTls: false,
  warns: {},
  command: ({ folder }) => ['-D', '-f', `${folder}/lighttpd.conf`],
  files: ({ port, node, scratch, isRoot }, { modules = '', before = '', hosts, after = '' }) => ({
    'lighttpd.conf': `server.modules = ( "mod_proxy"${modules} )
server.document-root = "${scratch}"
server.bind = "127.0.0.1"
server.port = ${port}
server.upload-dirs = ( "${scratch}" )
${isRoot ? 'server.username = "www-data"\nserver.groupname = "www-data"' : ''}
${before}
proxy.server = ( "" => ( ${hosts ?? `( "host" => "127.0.0.1", "port" => ${node} )`} ) )
${after}
`,
  }),
  misconfigurations: lighttpdWrong,
};
