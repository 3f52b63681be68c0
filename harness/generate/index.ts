import { mkdir, writeFile } from 'node:fs/promises';
import { stableJson } from './canonical.ts';
import { lintOpenApi, readOpenApi, readSchemaFile, schemaPath, typesOf } from './documents.ts';
import { describeOperations } from './operations.ts';

const DOCUMENTS = ['mufi.openapi.yaml', 'control.openapi.yaml'];

/** Every generated file under `schemas/` and how its text is made. To generate one more, add a line. */
const OUTPUTS: Readonly<Record<string, () => Promise<string>>> = {
  'generated/mufi.types.ts': () => typesOf('mufi.openapi.yaml'),
  'generated/control.types.ts': () => typesOf('control.openapi.yaml'),
  'generated/mufi.schemas.json': async () =>
    stableJson(describeOperations(await readOpenApi('mufi.openapi.yaml'))),
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
    if (check) console.error(`schemas/${name} is stale: run "npm run generate" and commit the result.`);
    else console.log(`wrote schemas/${name}`);
  }
  return check && stale.length > 0 ? 1 : 0;
}

async function write(name: string, text: string): Promise<void> {
  await mkdir(schemaPath('generated'), { recursive: true });
  await writeFile(schemaPath(name), text);
}

process.exitCode = await main(process.argv.includes('--check'));
