import type { Row } from '../each.ts';

const zeros = 'A'.repeat(86);
/** The order of P-256, twice. */
const orders = '_____wAAAAD__________7zm-q2nF56E87nKwvxjJVH_____AAAAAP__________vOb6racXnoTzucrC_GMlUQ';
const derOfZeros = 'MAYCAQACAQA';

const es256 = (segment: string): Pick<Row, 'forge'> => ({
  forge: { header: { set: { alg: 'ES256' } }, sign: { segment } },
});

/** ECDSA signatures that verify for every content and key, whatever the issuer signs with. */
export const zeroSignatures: readonly Row[] = [
  {
    id: 'es256-zero',
    title: 'the algorithm is ES256 and both integers of the signature are zero',
    ...es256(zeros),
    catches: ['psychic-es256-accepted'],
  },
  {
    id: 'es256-order',
    title: 'the algorithm is ES256 and both integers of the signature are the order of the curve',
    ...es256(orders),
    catches: ['psychic-es256-accepted'],
  },
  {
    id: 'es256-zero-der',
    title: 'the algorithm is ES256 and the signature is two zeros in DER',
    ...es256(derOfZeros),
    catches: ['psychic-der-accepted'],
  },
];

/** What is encrypted to the public key of the issuer: anybody can do that, and it signs nothing. */
export const encrypted: readonly Row[] = [
  {
    id: 'encrypted-claims',
    title: 'the claims are encrypted to the public key and not signed',
    needs: ['public-key'],
    forge: { encrypt: { what: 'claims' } },
    catches: ['encrypted-claims-believed'],
  },
  {
    id: 'encrypted-unsigned',
    title: 'a JWT that says it is unsigned is encrypted to the public key',
    needs: ['public-key'],
    forge: { header: { set: { alg: 'none' } }, sign: 'none', encrypt: { what: 'token' } },
    catches: ['encrypted-unsigned-believed'],
  },
  {
    id: 'encrypted-stripped',
    title: 'a JWT whose signature is stripped is encrypted to the public key',
    needs: ['public-key'],
    forge: { sign: 'none', encrypt: { what: 'token' } },
    catches: ['encrypted-stripped-believed'],
  },
];

const decoy = (compact: string): Pick<Row, 'forge' | 'expect'> => ({
  forge: { payload: { set: { conformance: true } }, compact },
  expect: 'unauthorized, 400 tolerated',
});
const good = '"protected":"{kept-header}","payload":"{kept-payload}","signature":"{kept-signature}"';

/** The JSON serialization of the good key, with other claims where another parser looks. */
export const decoys: readonly Row[] = [
  {
    id: 'json-with-compact-member',
    title: 'the JSON serialization has a member that is named like a compact key with other claims',
    ...decoy(`{"{header}.{payload}.":"",${good}}`),
    catches: ['json-decoy-believed'],
  },
  {
    id: 'json-with-second-payload',
    title: 'the JSON serialization has two payloads, the last of which is not what was signed',
    ...decoy(`{${good},"payload":"{payload}"}`),
    catches: ['json-last-payload-believed'],
  },
];
