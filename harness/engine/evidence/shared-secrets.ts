import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/**
 * The file through which the processes of a run tell each other their secrets. It is sealed with a key that stands in
 * memory and environment only, so that nothing can be read in what a killed run leaves on the disk.
 */
export interface SecretsFile {
  readonly path: string;
  /** 256 bits in base64url. */
  readonly key: string;
}

/** What one process tells the others, and learns from them. */
export interface SharedSecrets {
  tell(secret: string): void;
  /** What was told since the last time. */
  news(): readonly string[];
}

const cipher = 'aes-256-gcm';
const [nonceBytes, tagBytes] = [12, 16];

/** Makes a file that only its owner may open and that tells these secrets; throws what the system says. */
export function createSecretsFile(path: string, secrets: readonly string[]): SecretsFile {
  closeSync(openSync(path, 'wx', 0o600));
  const file = { path, key: randomBytes(32).toString('base64url') };
  const { tell } = openSecretsFile(file);
  for (const secret of secrets) tell(secret);
  return file;
}

/** Opens a file that was made for the run, for as long as this process lives. Once it is removed it is never made again. */
export function openSecretsFile({ path, key }: SecretsFile): SharedSecrets {
  const secret = Buffer.from(key, 'base64url');
  // For reading and at the end only, so that several processes may write: a line is written as a whole.
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
