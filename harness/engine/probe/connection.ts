import type { Http2Connection } from './http2-connection.ts';
import type { RawConnection } from './raw-connection.ts';

/** A connection that several requests share. */
export type Connection = RawConnection | Http2Connection;
