import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const SCHEMAS = new URL('../../schemas/', import.meta.url);

/** The text of a file under `schemas/`; undefined if it does not exist. */
export async function readSchemaFile(name: string): Promise<string | undefined> {
  return readFile(new URL(name, SCHEMAS), 'utf8').catch(() => undefined);
}

/** The path of a file under `schemas/`. */
export function schemaPath(name: string): string {
  return fileURLToPath(new URL(name, SCHEMAS));
}

/** Reads one of our OpenAPI documents as plain data. */
export async function readOpenApi(name: string): Promise<unknown> {
  return parse(await readFile(new URL(name, SCHEMAS), 'utf8'));
}

/** The complaints of the linter about an OpenAPI document: one line per problem, empty if there is none. */
export async function lintOpenApi(name: string): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      // Spectral also requires these.
      'info-contact': 'error',
      'operation-description': 'error',
      'operation-tag-defined': 'error',
    },
  });
  const source = await readFile(new URL(name, SCHEMAS), 'utf8');
  const problems = await lintFromString({ source, absoluteRef: schemaPath(name), config });
  return problems.map(({ message, location, ruleId }) => {
    const where = location[0]?.pointer ?? '#/';
    return `schemas/${name} ${where}: ${message} (${ruleId})`;
  });
}

/** TypeScript types of one of our OpenAPI documents. */
export async function typesOf(name: string): Promise<string> {
  const nodes = await openapiTypescript(new URL(name, SCHEMAS), {
    alphabetize: true,
    emptyObjectsUnknown: true,
    silent: true,
  });
  return `// Generated from schemas/${name} by \`npm run generate\`.\n\n${astToString(nodes)}`;
}
