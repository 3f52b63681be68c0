import type { FrontEnd } from './model.ts';
import { squidWrong } from './wrong/squid.ts';

/** Squid as an accelerator. */
export const squid: FrontEnd = {
  id: 'squid',
  package: 'squid',
  program: '/usr/sbin/squid',
  manual: 'https://wiki.squid-cache.org/ConfigExamples/Reverse/BasicAccelerator',
  speaksTls: false,
  warns: {},
  command: ({ folder }) => ['-N', '-f', `${folder}/squid.conf`],
  files: ({ port, node, scratch }, { top = '', peer = '', first = '', more = '' }) => ({
    'squid.conf': `http_port 127.0.0.1:${port} accel defaultsite=127.0.0.1:${port} no-vhost
pid_filename none
cache_log ${scratch}/cache.log
access_log none
netdb_filename none
coredump_dir ${scratch}
pinger_enable off
shutdown_lifetime 0 seconds
${top}
cache_peer 127.0.0.1 parent ${node} 0 no-query originserver name=first login=PASSTHRU ${peer}
acl site port ${port}
http_access allow site
${first}
cache_peer_access first allow site
cache_peer_access first deny all
${more}
`,
  }),
  misconfigurations: squidWrong,
};
