import { writeFile } from 'node:fs/promises';
import type { RecordedRequest } from './recorder.ts';

/** Writes a Postman collection of recorded requests. With `checked` each has a test of its recorded status. */
export async function writeCollection(
  requests: readonly RecordedRequest[],
  checked: boolean,
  file: string,
): Promise<void> {
  const item = requests.map(({ method, url, headers, body, status }, index) => ({
    name: `${index} ${method} ${new URL(url).pathname}`,
    request: {
      method,
      url,
      header: headers.map(([key, value]) => ({ key, value })),
      ...(body === '' ? {} : { body: { mode: 'raw', raw: body } }),
    },
    ...(checked ? { event: [statusTest(status)] } : {}),
  }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  await writeFile(file, JSON.stringify({ info: { name: 'the same requests', schema }, item }));
}

function statusTest(status: number): object {
  const exec = [`pm.test('status', () => pm.response.to.have.status(${status}));`];
  return { listen: 'test', script: { type: 'text/javascript', exec } };
}
