import { expect, test } from '@playwright/test';
import { createRedactor, type Redactor } from '../../../../harness/engine/evidence/redaction.ts';
import { fakeKey, segments } from '../../support/keys.ts';
import { leaksOf, spellingsOf } from '../../support/spellings.ts';

const mark = '‹redacted›';

function redactorFor(...secrets: string[]): Redactor {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

const key = fakeKey({ permission: 'write' });
const [header, payload, signature] = segments(key);
const token = 'c0ntrol-T0ken_with-24-bytes.and/one+more=';
const secrets = [
  ['the payload of a key', payload, key],
  ['the signature of a key', signature, key],
  ['a token', token, token],
] as const;

for (const [name, secret, whole] of secrets) {
  for (const [how, spelled] of spellingsOf(secret)) {
    test(`${name} is redacted ${how}`, () => {
      const text = `{"before":"‹","secret":"${spelled}","after":"›"}`;
      expect(leaksOf(text, whole), 'the search of this test finds it').not.toEqual([]);
      const left = redactorFor(whole).redact(text);
      expect(left).toContain(mark);
      expect(leaksOf(left, whole)).toEqual([]);
      expect([left.slice(0, 11), left.slice(-14)]).toEqual([text.slice(0, 11), text.slice(-14)]);
    });
  }
}

test('an escaped secret is replaced in place, and the text around it stays as it is', () => {
  const { redact } = redactorFor(token);
  const escaped = [...token].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  expect(redact(`"\\u00e9 ${escaped} \\u00e9"`)).toMatch(/^"\\u00e9 (‹redacted›(\\u002e)?)+ \\u00e9"$/);
  const spaced = Buffer.from(token).toString('hex').match(/../g)!.join(' ');
  expect(redact(`00 01 ${spaced} fe ff`)).toBe(`00 01 ${mark} fe ff`);
});

test('escapes, numbers and hexadecimal of something else are unchanged', () => {
  const { redact } = redactorFor(key, token);
  const texts = [
    '\\u0068\\u0065\\u006c\\u006c\\u006f \\u0077\\u006f\\u0072\\u006c\\u0064 \\u{1f600}\\x41',
    '%68%65%6c%6c%6f%20%77%6f%72%6c%64 100% of &#104;&#101;&#108;&#108;&#111;&#9999999;',
    'de ad be ef de ad be ef de ad be ef, 0xde 0xad 0xbe 0xef 0xde 0xad 0xbe 0xef',
    '[104,101,108,108,111,32,119,111,114,108,100,33,33,33]',
    '\\\\u0041\\/\\"\\n =3D=41 \\u12',
    header,
  ];
  expect(texts.map((text) => redact(text))).toEqual(texts);
});

test('what the suite wrote itself stays, and a secret next to it does not', () => {
  const own = ['conformance-event-main', 'x'.repeat(200)];
  const redactor = createRedactor(own);
  const colliding = `control-${'x'.repeat(30)}`;
  redactor.add(colliding);
  redactor.add('conformance-event-secret-0123456789');
  expect(redactor.redact('X-Fill: xxxxxxxxxxxxxxxxxxxxxxxx')).toBe('X-Fill: xxxxxxxxxxxxxxxxxxxxxxxx');
  expect(redactor.redact('"reference_id":"conformance-event-main"')).toBe(
    '"reference_id":"conformance-event-main"',
  );
  expect(redactor.redact(`<${colliding}>`)).toBe(`<${mark}>`);
  expect(redactor.redact('<conformance-event-secret-0123456789>')).toBe(`<${mark}>`);
  expect(redactor.redact('conformance-event-main secret-0123456789')).toBe(`conformance-event-main ${mark}`);
  const plain = createRedactor();
  plain.add(colliding);
  expect(plain.redactOutside('X-Fill: xxxxxxxxxxxxxxxx', ['X-Fill: xxxxxxxxxxxxxxxx'])).toBe(
    'X-Fill: xxxxxxxxxxxxxxxx',
  );
  expect(plain.redactOutside(`a ${colliding}`, ['xxxxxxxxxxxxxxxxxxxxxx'])).toBe(`a ${mark}`);
});

test('a secret that repeats one character is no reason to look for ever', () => {
  const redactor = redactorFor(`e30.${'A'.repeat(20_000)}.${'A'.repeat(20_000)}`);
  expect(redactor.redact('A'.repeat(500_000))).toBe(mark);
});
