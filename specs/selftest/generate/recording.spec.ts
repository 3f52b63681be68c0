import { expect, test } from '@playwright/test';
import {
  keptLines,
  recordedCommands,
  recordingBlock,
  recordingMark,
} from '../../../.github/scripts/recording-lines.ts';
import { commandLine } from '../../../harness/cli/program.ts';
import { blockIn } from '../../../harness/generate/readme-block.ts';
import { textOf } from '../support/imports.ts';

const lines = (blockIn(textOf('README.md'), recordingMark) ?? '').split('\n').slice(2, -2);

test('the recording in the README has the commands that it is made of, each with the lines that are kept', () => {
  const expected = recordedCommands.flatMap(([command, keep]) => [`$ ${command}`, ...keep]);
  expect(lines).toHaveLength(expected.length);
  for (const [at, line] of expected.entries()) {
    if (typeof line === 'string') expect(lines[at]).toBe(line);
    else expect(lines[at]).toMatch(line);
  }
  expect(blockIn(textOf('README.md'), recordingMark)).toBe(recordingBlock(lines));
  // The width of a page.
  expect(lines.filter((line) => line.length > 124)).toEqual([]);
});

test('every command of the recording exists, with its options', () => {
  for (const [command] of recordedCommands) {
    const [, , name, ...rest] = command.split(' ');
    const known = commandLine(async () => {}).commands.find((one) => one.name() === name);
    const options = known?.options.flatMap(({ short, long }) => [short, long]) ?? [];
    const wrong = rest.filter((word) => word.startsWith('-') && !options.includes(word));
    expect([command, known?.name(), wrong]).toEqual([command, name, []]);
  }
});

test('what varies from run to run is written in one way', () => {
  const kept = (url: string, ms: string, more: number) =>
    keptLines(
      `x\ntarget  ${url} answers; the slowest of ${more} requests took ${ms} ms\n✕ breaks it and ${more} more (depth\n`,
      [/^target/, /^✕/],
      url,
    );
  expect(kept('http://127.0.0.1:1', '9', 3)).toEqual(kept('http://127.0.0.1:20', '1,009', 14));
  expect(kept('http://127.0.0.1:1', '9', 3)).toEqual([
    'target  http://localhost:8080 answers; the slowest of N requests took N ms',
    '✕ breaks it and N more',
  ]);
  expect(() => kept('http://a', '1', 1).concat(keptLines('', [/^y/], 'http://a'))).toThrow('looks like');
});
