import { PassThrough } from 'node:stream';
import { expect, test } from '@playwright/test';
import { createProgress } from '../../../harness/report/progress.ts';
import { barLine, type RunProgress } from '../../../harness/report/render/bar.ts';

const standing: RunProgress = {
  done: 85,
  total: 170,
  family: 'token',
  cells: 1480,
  requests: 1730,
  requestsLeft: 1500,
  failing: 3,
  inconclusive: 2,
  elapsedMs: 12_400,
  rate: 121,
};

/** A stream that stores what was written. */
function recordingStream(columns: number): { stream: NodeJS.WriteStream; text: () => string } {
  const pieces: string[] = [];
  const stream = new PassThrough() as unknown as NodeJS.WriteStream;
  stream.columns = columns;
  stream.rows = 24;
  stream.on('data', (piece) => pieces.push(String(piece)));
  return { stream, text: () => pieces.join('') };
}

const update = (done: number, family: string) => ({
  done,
  family,
  cells: done * 10,
  requests: done * 12,
  requestsSent: done * 12,
  requestsLeft: (100 - done) * 12,
  failing: 0,
  inconclusive: 0,
});

test('the bar names family, failures and figures if there is room', () => {
  const line = barLine(standing, { shown: 85, columns: 120, color: false });
  for (const part of ['50%', 'token', '✕ 3 failing', '? 2 inconclusive', '85/170 scenarios', '0:12']) {
    expect(line).toContain(part);
  }
});

test('rate and time left follow from the requests, and are not said before a tenth of the way', () => {
  const line = (news: Partial<RunProgress>) =>
    barLine({ ...standing, ...news }, { shown: 85, columns: 160, color: false });
  expect(line({})).toContain('121/s  about 0:13 left');
  expect(line({ requestsLeft: 3000 })).toContain('about 0:25 left');
  expect(line({ rate: undefined })).not.toContain('left');
  expect(line({ done: 16 })).not.toContain('left');
  expect(line({ done: 170, requestsLeft: 0 })).not.toContain('left');
});

test('the bar fits every width and never says half a word', () => {
  for (let columns = 1; columns <= 160; columns += 1) {
    expect(barLine(standing, { shown: 85, columns, color: false }).length).toBeLessThan(Math.max(columns, 2));
  }
});

test('hostile family names cannot steer the terminal', () => {
  const line = barLine({ ...standing, family: '\u001b[2Jtoken' }, { shown: 85, columns: 120, color: false });
  expect(line).not.toContain('\u001b');
});

test('without a terminal there is a line for each family and each tenth of the way', () => {
  const { stream, text } = recordingStream(80);
  const progress = createProgress({ stream, interactive: false, color: false });
  progress.start(100);
  for (let done = 1; done <= 100; done += 1)
    progress.update(update(done, done <= 45 ? 'presentation' : 'token'));
  progress.stop();
  const lines = text().trimEnd().split('\n');
  expect(lines).toHaveLength(12);
  expect(lines[0]).toContain('presentation');
  expect(lines.at(-1)).toMatch(/^100% {2}token +100\/100 scenarios/);
  expect(text()).not.toContain('\u001b');
});

test('on a terminal the bar moves, stays on one line and clears itself', async () => {
  const { stream, text } = recordingStream(60);
  const progress = createProgress({ stream, interactive: true, color: true });
  progress.start(100);
  for (let done = 1; done <= 100; done += 1) progress.update(update(done, 'token'));
  await expect.poll(text, { timeout: 5000 }).toContain('100%');
  const frames = text().match(/\d+%/g) ?? [];
  expect(frames.length).toBeGreaterThan(1);
  expect(frames.length).toBeLessThan(60);
  progress.stop();
  await expect.poll(text).toMatch(/100%.*\n[^\n]*\u001b\[2K[^\n━]*$/s);
});

test('stopping before starting, or twice, does nothing', () => {
  const { stream, text } = recordingStream(60);
  const progress = createProgress({ stream, interactive: true, color: true });
  progress.stop();
  progress.stop();
  expect(text()).toBe('');
});
