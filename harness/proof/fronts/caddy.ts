import type { FrontEnd } from './model.ts';
import { caddyWrong } from './wrong/caddy.ts';

/** Caddy with reverse_proxy. */
export const caddy: FrontEnd = {
  id: 'caddy',
  package: 'caddy',
  program: '/usr/bin/caddy',
  manual: 'https://caddyserver.com/docs/quick-starts/reverse-proxy',
  speaksTls: true,
  warns: {},
  command: ({ folder }) => ['run', '--config', `${folder}/Caddyfile`, '--adapter', 'caddyfile'],
  files: ({ port, node, tls }, { site = '', proxy = '', to }) => ({
    Caddyfile: `{
	admin off
	auto_https off
	log {
		level ERROR
	}
}
${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port} {
	bind 127.0.0.1
	${tls === undefined ? '' : `tls ${tls.certificate} ${tls.key}\n	header Strict-Transport-Security max-age=31536000`}
	${site}
	reverse_proxy ${to ?? `127.0.0.1:${node}`} {
		${proxy}
	}
}
${
  tls === undefined
    ? ''
    : `http://127.0.0.1:${tls.plainPort} {
	bind 127.0.0.1
	redir https://127.0.0.1:${port}{uri} 308
}`
}
`,
  }),
  misconfigurations: caddyWrong,
};
