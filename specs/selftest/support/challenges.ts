/** WWW-Authenticate values and the challenges in them: scheme, and parameters or token68. */
export const validChallenges: readonly (readonly [string, readonly unknown[]])[] = [
  ['Bearer', [['Bearer', {}]]],
  ['bearer', [['bearer', {}]]],
  ['Bearer realm="mufi"', [['Bearer', { realm: 'mufi' }]]],
  ['Bearer realm=mufi', [['Bearer', { realm: 'mufi' }]]],
  ['Bearer realm=""', [['Bearer', { realm: '' }]]],
  ['Bearer   realm="mufi"', [['Bearer', { realm: 'mufi' }]]],
  ['Bearer realm = "mufi"', [['Bearer', { realm: 'mufi' }]]],
  ['Bearer realm="mufi", error="invalid_token"', [['Bearer', { realm: 'mufi', error: 'invalid_token' }]]],
  ['Bearer REALM="mufi",Error=x', [['Bearer', { realm: 'mufi', error: 'x' }]]],
  [
    'Bearer realm="a, b", error_description="a \\"quoted\\" \\\\ word"',
    [['Bearer', { realm: 'a, b', error_description: 'a "quoted" \\ word' }]],
  ],
  [
    'Bearer realm="a", Basic realm="b", charset="UTF-8"',
    [
      ['Bearer', { realm: 'a' }],
      ['Basic', { realm: 'b', charset: 'UTF-8' }],
    ],
  ],
  [
    'Basic, Bearer',
    [
      ['Basic', {}],
      ['Bearer', {}],
    ],
  ],
  [
    ', Basic realm="a" , , Bearer error="x",',
    [
      ['Basic', { realm: 'a' }],
      ['Bearer', { error: 'x' }],
    ],
  ],
  ['Negotiate oRQwEqADCgEA', [['Negotiate', 'oRQwEqADCgEA']]],
  ['Negotiate oRQwEqADCgE=', [['Negotiate', 'oRQwEqADCgE=']]],
  [
    'Negotiate a+/~_-.0==, Bearer realm="a"',
    [
      ['Negotiate', 'a+/~_-.0=='],
      ['Bearer', { realm: 'a' }],
    ],
  ],
  ["!#$%&'*+.^_`|~ realm='a'", [["!#$%&'*+.^_`|~", { realm: "'a'" }]]],
];

/** Invalid values, and the message about each. */
export const brokenChallenges: readonly (readonly [string, string])[] = [
  ['', 'it is empty'],
  [' ,, ', 'it is empty'],
  ['"Bearer"', 'a scheme is missing at position 0'],
  ['realm="mufi"', 'an unexpected character is at position 5'],
  ['Bearer realm="mufi', 'the value of realm is missing or not closed at position 13'],
  ['Bearer realm="mu"fi"', 'an unexpected character is at position 17'],
  ['Bearer realm="mufi" error="x"', 'an unexpected character is at position 20'],
  ['Bearer realm="a", realm="b"', 'the parameter realm occurs twice at position 27'],
  ['Bearer realm="a", Realm=b', 'the parameter realm occurs twice at position 25'],
  ['Bearer realm="a", =b', 'a scheme is missing at position 18'],
  ['Bearer realm=a b', 'an unexpected character is at position 15'],
  ['Bearer {"error":"x"}', 'an unexpected character is at position 7'],
  ['Bearer: realm="a"', 'an unexpected character is at position 6'],
  ['Bearer\trealm="a"', 'an unexpected character is at position 7'],
  ['Bearer realm="\u0001"', 'the value of realm is missing or not closed at position 13'],
];
