import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Writes an OpenAPI document with every operation of ours `scale` times: at its own path, and below `/v1/copy-2`,
 * `/v1/copy-3` and so on, which the target also serves.
 */
export async function writeScaledDocument(scale: number, file: string): Promise<void> {
  const source = new URL('../../../schemas/mufi.openapi.yaml', import.meta.url);
  const document = parse(await readFile(source, 'utf8')) as Document;
  const copies = Array.from({ length: scale - 1 }, (_, index) => index + 2);
  const paths = Object.fromEntries([
    ...Object.entries(document.paths),
    ...copies.flatMap((copy) =>
      Object.entries(document.paths).map(([path, item]) => [
        path.replace('/v1/', `/v1/copy-${copy}/`),
        renamed(item, copy),
      ]),
    ),
  ]);
  await writeFile(file, JSON.stringify({ ...document, paths }));
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
