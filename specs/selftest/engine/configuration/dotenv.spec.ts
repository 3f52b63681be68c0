import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import {
  readCertificateKey,
  readConfiguration,
} from '../../../../harness/engine/configuration/configuration.ts';
import { base, read, write } from '../../support/environments.ts';
import { ownPath } from '../../support/own-path.ts';
import { refusal } from '../../support/refusal.ts';

/** A separate `.env` file for each test. */
function dotenv(content: string | Buffer): string {
  const path = ownPath('.env');
  writeFileSync(path, content);
  return path;
}

const lines = Object.entries({ ...base, MUFI_PRODUCTION_HOSTS: 'one.example' }).map(
  ([name, value]) => `${name}=${value}`,
);
const text = `${lines.join('\n')}\n`;
const utf16 = (content: string): Buffer => Buffer.from(content, 'utf16le');

for (const [what, content] of [
  ['a byte order mark in front', `\ufeff${text}`],
  ['two of them', `\ufeff\ufeff${text}`],
  ['UTF-16 LE with a mark, as > of PowerShell writes it', utf16(`\ufeff${text.replaceAll('\n', '\r\n')}`)],
  ['UTF-16 BE with a mark', utf16(`\ufeff${text}`).swap16()],
  ['UTF-16 LE without a mark', utf16(text)],
  ['UTF-16 BE without a mark', utf16(text).swap16()],
  ['line ends of Windows', text.replaceAll('\n', '\r\n')],
  ['line ends of old Macs', text.replaceAll('\n', '\r')],
  ['no line end at the end', text.trimEnd()],
  ['export, quotes and blanks', lines.map((line) => ` export ${line.replace('=', ' = "')}"`).join('\n')],
  ['settings of others and comments', `#\nDEBUG: 1\nOTHER=1\n# MUFI_X: no\n${text}`],
  ['a value over several lines', `OTHER="one\nMUFI_BASE_URL: two\n"\n${text}`],
] as const) {
  test(`a .env file with ${what} is read`, () => {
    const { baseUrl, keys, productionHosts } = readConfiguration({}, dotenv(content));
    expect(baseUrl).toBe(base.MUFI_BASE_URL);
    expect([keys.write?.value, keys.read?.value]).toEqual([write, read]);
    expect(productionHosts).toEqual(['api.mufi.app', 'one.example']);
  });
}

for (const [what, content] of [
  ['nothing at all', ''],
  ['a line end alone', '\n'],
  ['comments alone', '# MUFI_BASE_URL=http://one.example\n'],
  ['settings of others', `BASE_URL=${base.MUFI_BASE_URL}\nWRITE_KEY=${write}\n`],
] as const) {
  test(`a .env file with ${what} is refused, because it configures nothing`, () => {
    const path = dotenv(content);
    const sentence = `The file ${path} sets no MUFI_ variable; add MUFI_BASE_URL=... to it, or remove or rename it.`;
    expect(refusal(() => readConfiguration({}, path))).toBe(sentence);
    expect(refusal(() => readConfiguration(base, path))).toBe(sentence);
  });
}

for (const line of [
  'MUFI_PRODUCTION_HOSTS: one.example',
  'MUFI_PRODUCTION_HOSTS one.example',
  'MUFI_PRODUCTION_HOSTS',
  'MUFI_PRODUCTION_HOSTS:=one.example',
  'mufi_production_hosts=one.example',
  'Mufi_Production_Hosts = one.example',
  'MUFI-PRODUCTION-HOSTS=one.example',
  'MUFI.PRODUCTION.HOSTS=one.example',
  'MUFI PRODUCTION HOSTS=one.example',
  '$env:MUFI_PRODUCTION_HOSTS="one.example"',
  'set MUFI_PRODUCTION_HOSTS=one.example',
  'setx MUFI_PRODUCTION_HOSTS one.example',
  'setenv MUFI_PRODUCTION_HOSTS one.example',
  'declare -x MUFI_PRODUCTION_HOSTS=one.example',
  '"MUFI_PRODUCTION_HOSTS"="one.example"',
  '"MUFI_PRODUCTION_HOSTS": "one.example",',
  '- MUFI_PRODUCTION_HOSTS=one.example',
  '\u00a0MUFI_PRODUCTION_HOSTS=one.example',
  '\u200bMUFI_PRODUCTION_HOSTS=one.example',
  'MUFI_PRODUCTION_HOSTS\u00a0=one.example',
  'MUFI_PRODUCTION_HOSTS\uff1done.example',
  '[MUFI_PRODUCTION_HOSTS]',
  'M\u200bUFI_PRODUCTION_HOSTS=one.example',
  'readonly MUFI_PRODUCTION_HOSTS=one.example',
  'typeset -x MUFI_PRODUCTION_HOSTS=one.example',
  'declare -gx MUFI_PRODUCTION_HOSTS=one.example',
  'Environment=MUFI_PRODUCTION_HOSTS=one.example',
  'OTHER=1 MUFI_PRODUCTION_HOSTS=one.example',
  'OTHER=1; export MUFI_PRODUCTION_HOSTS=one.example',
  'export OTHER=1 && MUFI_PRODUCTION_HOSTS=one.example',
  'ENV MUFI_PRODUCTION_HOSTS one.example',
  'MUFI_CONCURRENCY=2;MUFI_PRODUCTION_HOSTS=one.example',
]) {
  test(`the line ${JSON.stringify(line)} of a .env file is refused, because it is not read`, () => {
    const path = dotenv(`${lines[0]}\n\n${line}\n${lines[1]}\n${lines[2]}\n`);
    expect(refusal(() => readConfiguration({}, path))).toBe(
      `The file ${path}, line 3, names a variable of the suite but cannot be read; write NAME=value, with the name in capitals.`,
    );
  });
}

test('a variable that a .env file sets twice is refused, because only one of the two would be read', () => {
  const path = dotenv(`${text}OTHER=1\nOTHER=2\nMUFI_PRODUCTION_HOSTS=two.example\n`);
  expect(refusal(() => readConfiguration({}, path))).toBe(
    `The file ${path}, line 7, sets MUFI_PRODUCTION_HOSTS again; keep one of the two lines.`,
  );
});

test('an empty MUFI_PRODUCTION_HOSTS in the environment leaves that of a .env file in force', () => {
  const { productionHosts } = readConfiguration({ MUFI_PRODUCTION_HOSTS: '' }, dotenv(text));
  expect(productionHosts).toEqual(['api.mufi.app', 'one.example']);
});

test('values and comments of a .env file may name variables of ours', () => {
  const path = dotenv(
    `${text}OTHER="see MUFI_BASE_URL" # not MUFI_READ_KEY=1\nMUFI_CONTROL_COMMAND="MUFI_STAGE=1 ./keys"\n`,
  );
  expect(readConfiguration({}, path).control).toEqual({ kind: 'command', command: 'MUFI_STAGE=1 ./keys' });
});

test('a .env file that is not text, is too long or is not a file is refused at once', () => {
  const cannot = (path: string, why: string): string => `The file ${path} cannot be read: ${why}.`;
  const binary = dotenv(Buffer.from([0x4d, 0, 0, 0, 0x55, 0, 0, 0, 0x46, 0, 0, 0]));
  expect(refusal(() => readConfiguration({}, binary))).toBe(cannot(binary, 'it is neither UTF-8 nor UTF-16'));
  truncateSync(binary, 3 * 1024 * 1024 * 1024);
  expect(refusal(() => readConfiguration({}, binary))).toBe(cannot(binary, 'it is longer than 1 MiB'));
  expect(refusal(() => readConfiguration({}, '/dev/zero'))).toBe(
    cannot('/dev/zero', 'it is a pipe or a device, not a file'),
  );
  const pipe = ownPath('pipe');
  execFileSync('mkfifo', [pipe]);
  expect(refusal(() => readConfiguration({}, pipe))).toBe(
    cannot(pipe, 'it is a pipe or a device, not a file'),
  );
});

test('a .env file of one endless line is refused', () => {
  for (const filling of ['-', ' ', 'export ', '"', 'x-']) {
    const path = dotenv(`OTHER=1\n${filling.repeat(1_000_000 / filling.length)}`);
    expect(refusal(() => readConfiguration({}, path))).toContain('sets no MUFI_ variable');
  }
});

test('the key that certificates are signed with is read from any .env file that the rest is read from', () => {
  const path = dotenv(utf16(`\ufeffMUFI_CERTIFICATE_KEY={}\r\n`));
  expect(readCertificateKey({}, path)).toBe('{}');
});
