import { writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { type Control, ControlError } from '../../../../harness/engine/key-control/protocol.ts';
import { defined } from '../../../../harness/model/defined.ts';
import { runEngine } from '../../../../harness/proof/kill-matrix/engine.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { catalogue } from '../../../requirements/index.ts';
import { controlAt } from '../../support/control.ts';
import { pageBlocks } from '../../support/readme.ts';

const token = 'token-of-the-page-example';
const blocks = (language: string): string[] => pageBlocks('schemas/README.md', 'Key control', language);
let reference: Reference;
let server: Server;
let url: string;

/** What a vendor has; here the keys of the reference server. */
function storeOf(control: Control) {
  return {
    implementation: { name: 'example', version: '1' },
    projectNamed: (name: string) => control.createProject(name),
    issue: (project: string | undefined, permission: 'read' | 'write') =>
      control.createKey({ permission, ...defined({ project_id: project }) }),
    regenerate: (id: string) => control.regenerateKey(id),
    revoke: (id: string) => control.revokeKey(id),
  };
}

test.beforeAll(async () => {
  const [code = ''] = blocks('js');
  const file = test.info().outputPath('key-control.mjs');
  await writeFile(file, code);
  const { keyControl } = await import(pathToFileURL(file).href);
  reference = await startReference();
  server = keyControl(storeOf(controlAt(reference.controlUrl, reference.controlToken)), token);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

test.afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await reference.close();
});

test('the key control of schemas/README.md is thirty lines', () => {
  const [code = ''] = blocks('js');
  const lines = code.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//'));
  expect(lines.length).toBeLessThanOrEqual(30);
});

test('the key control of schemas/README.md is started as the page says', async () => {
  const [code = '', start = ''] = blocks('js');
  const [, address] = /^export (MUFI_CONTROL_URL=\S+)/m.exec(blocks('sh').join('')) ?? [];
  expect([address, start]).toEqual([
    'MUFI_CONTROL_URL=http://127.0.0.1:9090',
    expect.stringContaining('9090'),
  ]);
  const file = (name: string): string => test.info().outputPath(name);
  await writeFile(file('key-control.mjs'), code);
  await writeFile(
    file('store.mjs'),
    "export const store = { implementation: { name: 'example', version: '1' } };",
  );
  const named = start
    .replace('keyControl(store', 'export const server = keyControl(store')
    .replace('9090', '0');
  await writeFile(file('start.mjs'), named.replace('process.env.MUFI_CONTROL_TOKEN', JSON.stringify(token)));
  const { server: started } = await import(pathToFileURL(file('start.mjs')).href);
  try {
    if (!started.listening) await new Promise((resolve) => started.once('listening', resolve));
    const { port } = started.address();
    const { implementation } = await controlAt(`http://127.0.0.1:${port}`, token).describe();
    expect(implementation).toEqual({ name: 'example', version: '1' });
  } finally {
    started.closeAllConnections();
    started.close();
  }
});

test('the key control of schemas/README.md speaks the protocol', async () => {
  const control = controlAt(url, token);
  expect(await control.describe()).toEqual({
    implementation: { name: 'example', version: '1' },
    features: ['keys', 'projects'],
  });
  const project = await control.createProject('another');
  expect(await control.createProject('another')).toEqual(project);
  const key = await control.createKey({ permission: 'read', project_id: project.id });
  expect(key).toMatchObject({ project_id: project.id, permission: 'read' });
  const next = await control.regenerateKey(key.id);
  expect(next).toEqual({ ...key, key: next.key });
  expect(next.key).not.toBe(key.key);
  await control.revokeKey(key.id);
  await expect(control.regenerateKey('nobody')).rejects.toThrow('with 404');
  await expect(control.advanceClock(1)).rejects.toThrow(ControlError);
  await expect(controlAt(url, 'another-token-altogether').describe()).rejects.toThrow('MUFI_CONTROL_TOKEN');
});

test('what needs a feature that key control does not list is not applicable, and not among what is not tested', async () => {
  const ids = ['expiry/configured-expiry-honoured'];
  const families = catalogue.map((family) => ({
    ...family,
    requirements: family.requirements.filter(({ id }) => ids.includes(id)),
  }));
  const environment = { ...reference.environment, MUFI_CONTROL_URL: url, MUFI_CONTROL_TOKEN: token };
  const report = await runEngine(environment, { catalogue: families, depth: 'quick' });
  expect(report.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([[ids[0], 'not-applicable']]);
  expect(report.notTested).toEqual([]);
});

test('with the key control of schemas/README.md a server shows that revoked keys are rejected and others accepted', async () => {
  const ids = [
    'regeneration/old-key-rejected-at-once',
    'regeneration/one-key-survives',
    'regeneration/identity-kept',
  ];
  const families = catalogue.map((family) => ({
    ...family,
    requirements: family.requirements.filter(({ id }) => ids.includes(id)),
  }));
  const environment = { ...reference.environment, MUFI_CONTROL_URL: url, MUFI_CONTROL_TOKEN: token };
  const report = await runEngine(environment, { catalogue: families, depth: 'quick' });
  expect(report.requirements.map(({ id, verdict }) => [id, verdict])).toEqual(ids.map((id) => [id, 'pass']));
});
