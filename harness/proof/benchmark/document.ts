import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, { readonly examples?: unknown }>> };
}

/** A copy of it needs the id of a product, which the suite puts only into paths that it knows. */
const notCopied = '/v1/products/{id}';

/**
 * Writes an OpenAPI document with the operations of ours `scale` times: at their own paths, and below `/v1/copy-2`,
 * `/v1/copy-3` and so on, which the target also serves. All but one are copied.
 */
export async function writeScaledDocument(scale: number, file: string): Promise<void> {
  const source = new URL('../../../schemas/mufi.openapi.yaml', import.meta.url);
  const document = parse(await readFile(source, 'utf8')) as Document;
  const copies = Array.from({ length: scale - 1 }, (_, index) => index + 2);
  const copied = Object.entries(document.paths).filter(([path]) => path !== notCopied);
  const paths = Object.fromEntries([
    ...Object.entries(document.paths),
    ...copies.flatMap((copy) =>
      copied.map(([path, item]) => [path.replace('/v1/', `/v1/copy-${copy}/`), renamed(item, copy)]),
    ),
  ]);
  // The path of a copy names what its example says; without one, what the suite found in the target.
  const parameters = Object.fromEntries(
    Object.entries(document.components.parameters).map(([name, { examples: _, ...rest }]) => [name, rest]),
  );
  const components = { ...document.components, parameters };
  await writeFile(file, JSON.stringify({ ...document, paths, components }));
}

/** The operations of a path with new operation ids. */
function renamed(item: Readonly<Record<string, unknown>>, copy: number): Record<string, unknown> {
  const isNamed = (value: unknown): value is { operationId: string } =>
    typeof value === 'object' && value !== null && 'operationId' in value;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      isNamed(value) ? { ...value, operationId: `${value.operationId}Copy${copy}` } : value,
    ]),
  );
}
