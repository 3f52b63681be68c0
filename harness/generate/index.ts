import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { catalogue } from '../../specs/requirements/index.ts';
import { describedVariables } from '../engine/configuration/variables.ts';
import { describeOperations } from '../model/openapi/operations.ts';
import { reportSchema } from '../model/report.ts';
import { stableJson } from './canonical.ts';
import { catalogueDocument } from './catalogue-document.ts';
import { lintOpenApi, readOpenApi, readSchemaFile, schemaPath, typesOf } from './documents.ts';
import { withBlock } from './readme-block.ts';
import { variablesBlock, variablesMark } from './variables-table.ts';

const DOCUMENTS = ['mufi.openapi.yaml', 'control.openapi.yaml'];

/**
 * Every generated file, relative to `schemas/`, and the function that makes its text. To generate another file, add a
 * line.
 */
const OUTPUTS: Readonly<Record<string, () => Promise<string>>> = {
  'generated/mufi.types.ts': () => typesOf('mufi.openapi.yaml'),
  'generated/control.types.ts': () => typesOf('control.openapi.yaml'),
  'generated/mufi.schemas.json': async () =>
    stableJson(describeOperations(await readOpenApi('mufi.openapi.yaml'))),
  'generated/report.schema.json': async () =>
    stableJson({ $id: 'urn:mufi-auth-conformance:report:1.0', ...z.toJSONSchema(reportSchema) }),
  '../specs/README.md': async () => catalogueDocument(catalogue),
  '../README.md': async () =>
    withBlock(
      (await readSchemaFile('../README.md')) ?? '',
      variablesMark,
      variablesBlock(describedVariables()),
    ),
};

async function main(check: boolean): Promise<number> {
  const problems = (await Promise.all(DOCUMENTS.map(lintOpenApi))).flat();
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    return 1;
  }
  const stale: string[] = [];
  for (const [name, make] of Object.entries(OUTPUTS)) {
    const wanted = await make();
    if ((await readSchemaFile(name)) !== wanted) {
      stale.push(name);
      if (!check) await write(name, wanted);
    }
  }
  for (const name of stale) {
    const file = join('schemas', name);
    if (check) console.error(`${file} is stale: run "npm run generate" and commit the result.`);
    else console.log(`wrote ${file}`);
  }
  return check && stale.length > 0 ? 1 : 0;
}

async function write(name: string, text: string): Promise<void> {
  await mkdir(schemaPath('generated'), { recursive: true });
  await writeFile(schemaPath(name), text);
}

process.exitCode = await main(process.argv.includes('--check'));
