import type { Family } from '../../harness/model/index.ts';
import { algorithm } from './token/algorithm.ts';
import { connection } from './token/connection.ts';
import { guesses } from './token/guesses.ts';
import { header } from './token/header.ts';
import { signature } from './token/signature.ts';
import { structure } from './token/structure.ts';

export const token: Family = {
  id: 'token',
  title: 'The key is a signed JWT',
  requirements: [...structure, ...connection, ...signature, ...algorithm, ...header, ...guesses],
};
