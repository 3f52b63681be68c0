import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { findingsOf, runEngine } from '../../support/engine.ts';

for (const [what, fields] of [
  ['nothing more', ''],
  ['the fields of an upgrade', 'Connection: Upgrade\r\nUpgrade: x\r\n'],
] as const) {
  test(`101 with ${what} to a bad key accepts it, and holds nobody`, async () => {
    const server = await startReference();
    const { hostname, port } = new URL(server.url);
    const good = new Set(Object.values(server.keys));
    const front = createServer((socket) => {
      let onward: ReturnType<typeof connect> | undefined;
      socket.on('error', () => onward?.destroy()).on('close', () => onward?.destroy());
      socket.on('data', (bytes) => {
        const text = bytes.toString('latin1');
        const key = /^authorization: bearer ([^\r\n]*)/im.exec(text)?.[1]?.trim();
        if (onward === undefined && text.includes('HTTP/1.1\r\n') && !good.has(key ?? '')) {
          socket.write(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n`);
          return;
        }
        onward ??= connect(Number(port), hostname, () => undefined);
        if (onward.listenerCount('data') === 0) {
          onward.on('data', (answer) => socket.write(answer)).on('close', () => socket.destroy());
          onward.on('error', () => socket.destroy());
        }
        onward.write(bytes);
      });
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    try {
      const report = await runEngine(
        {
          MUFI_BASE_URL: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
          MUFI_WRITE_KEY: server.keys.write,
          MUFI_READ_KEY: server.keys.read,
          MUFI_TIMEOUT_MS: '3000',
        },
        {
          depth: 'quick',
          families: ['presentation', 'token'],
          scenarios: /presentation\/key-required|token\/three-segments/,
        },
      );
      expect(report.verdict, report.reason).toBe('nonconformant');
      expect(findingsOf(report)['let-in']?.length).toBeGreaterThan(0);
    } finally {
      front.close();
      await server.close();
    }
  });
}
