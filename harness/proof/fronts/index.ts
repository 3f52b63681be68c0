import { apache } from './apache.ts';
import { caddy } from './caddy.ts';
import { haproxy } from './haproxy.ts';
import { lighttpd } from './lighttpd.ts';
import type { FrontEnd } from './model.ts';
import { nginx } from './nginx.ts';
import { squid } from './squid.ts';
import { varnish } from './varnish.ts';

/** Every front end of the proof. */
export const fronts: readonly FrontEnd[] = [nginx, haproxy, apache, caddy, varnish, squid, lighttpd];
