import { expect, test } from '@playwright/test';
import { inLog, plainJson, withoutCommandLines } from '../../harness/report/render/text.ts';

test('no line is a workflow command and nothing controls a terminal, whatever the text is', () => {
  const text = 'a\n::error::b\n \t::warning file=x::c\n x ##[error]d\r\n\u009b31me\u001b[2J\n::: f';
  const shown = inLog(text);
  expect(shown).toBe(
    'a\n\\x3a:error::b\n \t\\x3a:warning file=x::c\n x \\x23#[error]d\n\\x9b31me\\x1b[2J\n\\x3a:: f',
  );
  expect(shown).not.toMatch(/^\s*::|##\[/m);
  expect(withoutCommandLines('http://[::1]:80 a::b ::')).toBe('http://[::1]:80 a::b ::');
});

test('JSON says the same without a character that could be obeyed', () => {
  const value = { 'a\u0085': 'b\u009b31m \u202e \u2028 \u{e0041} \ud800 é 😀 ##[error]', n: [1, true, null] };
  const json = plainJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).not.toMatch(/[\u007f-\u009f\u2028\u202e]|##\[/);
});
