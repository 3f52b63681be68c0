import { readConfiguration } from '../engine/configuration/configuration.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { keyVariables } from '../engine/configuration/variables.ts';
import { algorithmOf, parseKey } from '../engine/credentials/parsed-key.ts';
import { recoverPublicKeys } from '../engine/credentials/recover-public-key.ts';
import { recoverRsaKey } from '../engine/credentials/recover-rsa-key.ts';
import { exitCodes, type Key } from '../model/index.ts';

/**
 * Computes the public key of the issuer from two supplied keys, without a request, and writes the line that gives it to
 * later runs. With RSA it takes minutes and half a gigabyte of memory. Exit code 2 if two keys do not show it.
 */
export async function publicKeyCommand(): Promise<number> {
  const { write, read } = readConfiguration(process.env, '.env').keys;
  if (write === undefined || read === undefined) {
    throw new ConfigurationError(
      `The public key is computed from two keys of one issuer; set ${keyVariables.write} and ${keyVariables.read}.`,
    );
  }
  const document = recoverPublicKeys([write, read]) ?? slowly(write, read);
  if (document === undefined) {
    process.stderr.write(
      `Two keys with ${algorithmOf(parseKey(write)) ?? 'no algorithm'} do not show their public key: that works for ES256, ES384, ES512, RS256, RS384 and RS512, if both are from one issuer.\n`,
    );
    return exitCodes.inconclusive;
  }
  const data = `data:application/json;base64,${Buffer.from(document).toString('base64')}`;
  process.stdout.write(`MUFI_JWKS_URL='${data}'\n`);
  return exitCodes.conformant;
}

/** Every tenth is told, because it takes minutes. */
const shares = 10;

function slowly(write: Key, read: Key): string | undefined {
  let told = 0;
  const rsa = recoverRsaKey([write, read], [257, 65537], (share) => {
    if (Math.floor(share * shares) <= told) return;
    told = Math.floor(share * shares);
    process.stderr.write(`computing the public key from two signatures: ${told * (100 / shares)} %\n`);
  });
  return rsa === undefined ? undefined : JSON.stringify({ keys: [rsa] });
}
