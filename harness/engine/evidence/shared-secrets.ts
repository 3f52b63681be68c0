import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * The file through which the processes of a run share their secrets. Its encryption key is only in memory and in the
 * environment, so the file of a killed run cannot be read.
 */
export interface SecretsFile {
  readonly path: string;
  /** 256 bits in base64url. */
  readonly key: string;
}

/** What one process sends to the others and receives from them. */
export interface SharedSecrets {
  tell(secret: string): void;
  /** What was received since the last call. */
  news(): readonly string[];
}

const cipher = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Creates a file with these secrets that only its owner may open; throws the error of the system. */
export function createSecretsFile(path: string, secrets: readonly string[]): SecretsFile {
  closeSync(openSync(path, 'wx', 0o600));
  const file = { path, key: randomBytes(32).toString('base64url') };
  const { tell } = openSecretsFile(file);
  for (const secret of secrets) tell(secret);
  return file;
}

/** Opens the file of the run for the lifetime of this process. If it is removed, it is never created again. */
export function openSecretsFile({ path, key }: SecretsFile): SharedSecrets {
  const secret = Buffer.from(key, 'base64url');
  // Opened for reading and appending only, so several processes can write: each line is written at once.
  const file = openSync(path, 'rs+');
  const end = openSync(path, 'a');
  let read = 0;
  let rest = '';
  return {
    tell(text) {
      const nonce = randomBytes(nonceBytes);
      const sealing = createCipheriv(cipher, secret, nonce);
      const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
      writeSync(end, `${Buffer.concat([nonce, sealing.getAuthTag(), sealed]).toString('base64url')}\n`);
    },
    news() {
      const { size } = fstatSync(file);
      if (size <= read) return [];
      const bytes = Buffer.alloc(size - read);
      read += readSync(file, bytes, 0, bytes.length, read);
      const lines = (rest + bytes.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      return lines.map((line) => {
        const sealed = Buffer.from(line, 'base64url');
        const opening = createDecipheriv(cipher, secret, sealed.subarray(0, nonceBytes));
        opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
        return (
          opening.update(sealed.subarray(nonceBytes + tagBytes), undefined, 'utf8') + opening.final('utf8')
        );
      });
    },
  };
}
