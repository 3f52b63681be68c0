import { expect, test } from '@playwright/test';
import { startReference } from '../../harness/reference/start.ts';
import { startRecorder, through } from './support/cli.ts';
import { leaveFixture } from './support/engine.ts';
import { ask, madeSoFar } from './support/fixtures.ts';

test('a product that was made and has no item yet is found, and gets one', async () => {
  const server = await startReference();
  const recorder = await startRecorder(server.url);
  try {
    await leaveFixture(server.environment);
    const { id, description } = await ask(server.url, server.keys.write, 'events/conformance-event-main');
    const unfinished = String(description).replace(/ item=\S+/, '');
    const body = { id, reference_id: 'conformance-event-main', description: unfinished };
    await ask(server.url, server.keys.write, 'events/update', body, 'PUT');
    await leaveFixture(through(recorder, server.url, server.environment));
    expect(madeSoFar(recorder)).toEqual({ events: 0, products: 0, items: 1 });
    const found = await ask(server.url, server.keys.write, 'events/conformance-event-main');
    expect(found.description).toMatch(/ product=\S+ item=\S+$/);
  } finally {
    await recorder.close();
    await server.close();
  }
});
