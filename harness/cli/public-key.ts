import { readConfiguration } from '../engine/configuration/configuration.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { keyVariables } from '../engine/configuration/variables.ts';
import { algorithmOf, parseKey } from '../engine/credentials/parsed-key.ts';
import { recoverPublicKeys } from '../engine/credentials/recover-public-key.ts';
import { usualExponents } from '../engine/credentials/recover-rsa-key.ts';
import { exitCodes } from '../model/index.ts';

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
  const keys = [write, read];
  const document = recoverPublicKeys(keys) ?? recoverPublicKeys(keys, usualExponents.slow, createProgress());
  if (document === undefined) {
    process.stderr.write(
      `Two keys with ${algorithmOf(parseKey(write)) ?? 'no algorithm'} do not show their public key: that works for ES256, ES384, ES512, RS256, RS384 and RS512, if both are from one issuer.\n`,
    );
    return exitCodes.inconclusive;
  }
  const data = `data:application/json;base64,${Buffer.from(document).toString('base64')}`;
  process.stdout.write(`MUFI_JWKS_URL='${data}'\n`);
  return exitCodes.done;
}

const stepPercent = 10;

/** Writes one line at the start and one for every tenth that is done, because it takes minutes. */
function createProgress(): (share: number) => void {
  let next = 0;
  return (share) => {
    const percent = Math.floor((share * 100) / stepPercent) * stepPercent;
    if (percent < next) return;
    next = percent + stepPercent;
    process.stderr.write(`computing the public key from two signatures: ${percent} %\n`);
  };
}
