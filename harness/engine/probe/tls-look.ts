import { connect, type SecureContextOptions } from 'node:tls';
import { because, type Handshake, type Reason } from '../../model/index.ts';
import { describeFailure, ProbeError } from './failure.ts';
import { addressOf, type RawOptions } from './raw-connection.ts';
import { authorities } from './trust.ts';

/** The result of a handshake. */
export type TlsLook =
  | {
      readonly kind: 'agreed';
      /** "TLSv1.2 with ECDHE-RSA-AES128-GCM-SHA256" */
      readonly on: string;
      /** Why the certificate is not valid; missing if it is. */
      readonly untrusted?: string;
    }
  | { readonly kind: 'refused' }
  /** The target was not reached, or this machine cannot make the offer. */
  | { readonly kind: 'undecided'; readonly because: Reason };

/** Level 0 lets OpenSSL offer what it does not offer by default. */
const old = (version: 'TLSv1' | 'TLSv1.1'): SecureContextOptions => ({
  minVersion: version,
  maxVersion: version,
  ciphers: 'DEFAULT:@SECLEVEL=0',
});
const weak = (ciphers: string): SecureContextOptions => ({
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.2',
  ciphers: `${ciphers}:@SECLEVEL=0`,
});

const offers: Readonly<Record<Handshake, SecureContextOptions>> = {
  'RSA certificates': {
    sigalgs: ['RSA-PSS', 'RSA']
      .flatMap((kind) => ['SHA256', 'SHA384', 'SHA512'].map((hash) => `${kind}+${hash}`))
      .join(':'),
  },
  'TLS 1.0': old('TLSv1'),
  'TLS 1.1': old('TLSv1.1'),
  'no authentication': weak('aNULL:!eNULL'),
  'no encryption': weak('eNULL'),
};

/** Tries one TLS handshake and disconnects; never throws because of the target. */
export function lookAtTls(url: string, offer: Handshake, options: RawOptions): Promise<TlsLook> {
  return new Promise((resolve) => {
    let reached = false;
    const undecided = (error: unknown): TlsLook => ({
      kind: 'undecided',
      because: because('handshake-undecided', {
        message: describeFailure(error, options.timeoutMs).message,
      }),
    });
    try {
      const socket = connect({
        ...addressOf(new URL(url)),
        ...authorities(options.caFile),
        ...offers[offer],
        ALPNProtocols: ['http/1.1'],
        rejectUnauthorized: false,
      });
      const finish = (look: TlsLook): void => {
        clearTimeout(timer);
        resolve(look);
        socket.destroy();
      };
      const timer = setTimeout(() => finish(undecided(new ProbeError('timeout'))), options.timeoutMs);
      socket.once('connect', () => {
        reached = true;
      });
      socket.once('secureConnect', () => {
        const on = `${socket.getProtocol()} with ${socket.getCipher().name}`;
        if (socket.authorized) return finish({ kind: 'agreed', on });
        const { message } = describeFailure(String(socket.authorizationError), options.timeoutMs);
        finish({ kind: 'agreed', on, untrusted: message.replace(/^.*: /, '') });
      });
      // After the TCP connection, everything that ends it means that the target rejects the offer.
      socket.once('error', (error) => finish(reached ? { kind: 'refused' } : undecided(error)));
      socket.once('close', () => finish({ kind: 'refused' }));
    } catch {
      resolve({ kind: 'undecided', because: because('handshake-not-offered', { offer }) });
    }
  });
}

/** Which of `h2` and `http/1.1` a server selects; empty: none. Undefined if no handshake succeeds. */
export async function alpnOf(url: string, options: RawOptions): Promise<string | undefined> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const selected = await selectedBy(url, options);
    if (selected !== undefined) return selected;
  }
  return undefined;
}

function selectedBy(url: string, { timeoutMs, caFile }: RawOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({
      ...addressOf(new URL(url)),
      ...authorities(caFile),
      ALPNProtocols: ['h2', 'http/1.1'],
    });
    const finish = (selected?: string): void => {
      clearTimeout(timer);
      resolve(selected);
      socket.destroy();
    };
    const timer = setTimeout(finish, timeoutMs);
    socket.once('secureConnect', () => finish(socket.alpnProtocol || ''));
    socket.once('error', () => finish());
    socket.once('close', () => finish());
  });
}
