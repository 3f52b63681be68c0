import type { Family } from '../../../harness/model/index.ts';
import { algorithm } from './algorithm.ts';
import { alwaysVerified } from './always-verified.ts';
import { connection } from './connection.ts';
import { content } from './content.ts';
import { costly } from './costly.ts';
import { guesses } from './guesses.ts';
import { header } from './header.ts';
import { sharedSecret } from './secrets.ts';
import { signature } from './signature.ts';
import { structure } from './structure.ts';

export const token: Family = {
  id: 'token',
  title: 'The key is a signed JWT',
  requirements: [
    ...structure,
    ...content,
    ...connection,
    ...signature,
    ...alwaysVerified,
    ...algorithm,
    ...sharedSecret,
    ...header,
    ...guesses,
    ...costly,
  ],
};
