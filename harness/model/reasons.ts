/**
 * Every reason that the engine gives for a verdict: a code and its parameters. The sentences are in
 * `report/render/reasons`. No decision depends on a sentence.
 */

/** The type of a parameter; `text` is a name, an address, or a text from outside, such as an error. */
export const reasons = {
  // The plan: what a scenario needs, and where it is sent.
  'capability-absent': { capabilities: 'texts', unlisted: 'texts' },
  'capability-missing': { capabilities: 'texts', because: 'reasons' },
  'mode-without-control': { mode: 'text' },
  'production-keeps-queries': { host: 'text' },
  'nothing-claimed-absent': {},
  'no-such-operations': {},
  'mode-excludes-operations': { mode: 'text' },
  'nothing-to-send-to': {},
  'seldom-at-quick': {},

  // The run as a whole.
  'target-unreachable': { baseUrl: 'text', message: 'text', withKey: 'flag', nextStep: 'text' },
  'document-empty': { baseUrl: 'text' },
  'no-operation-found': { baseUrl: 'text', note: 'reason' },
  'write-key-refused': { note: 'reason' },
  'no-proper-answer': { note: 'reason' },
  'not-an-api': { unlike: 'text' },
  'refuses-in-text': { status: 'number', text: 'text' },
  'writers-forbidden': {},
  'supplied-key-dead': { permission: 'text', other: 'text' },
  'read-key-of-other-project': {},
  'supplied-key-died': { key: 'text', status: 'number', action: 'text?' },
  'supplied-key-locked': { key: 'text', status: 'number', requirement: 'text' },
  'stopped-early': { because: 'reason', scenarios: 'number?' },
  'no-more-requests': { message: 'text' },
  'answers-vary': {
    requests: 'number',
    differently: 'number',
    answers: 'texts',
    unmodified: 'flag',
  },
  'did-not-run': { why: 'text' },
  'same-project': {},

  // What the preflight finds about an operation.
  'mode-spares-operation': {},
  'operation-silent': { message: 'text?' },
  'answers-write-key': { status: 'number' },
  'answers-failure': { status: 'number' },
  'answers-redirect': { status: 'number' },
  'although-there': { because: 'reason' },
  'although-named': { because: 'reason' },
  'claimed-absent': { status: 'number?' },
  'shards-disagree': { states: 'texts' },

  // Controls, and actions of the suite itself.
  'no-control-operation': {},
  'control-fails': { message: 'text' },
  'control-refused': { operation: 'text', status: 'number?', answer: 'text?' },
  'operation-refuses-all': { operation: 'text' },
  'operation-broken': { operation: 'text', note: 'reason?' },
  'action-harms-keys': { action: 'text', finding: 'text' },
  'forgeries-harm-keys': { requirement: 'text', finding: 'text' },
  'preflight-could-not-try': {},

  // Key control.
  'control-failed': { message: 'text' },
  'no-key-control': {},
  'no-key-ended': {},
  'silent-while-warming': {},
  'made-key-refused': { permission: 'text' },
  'both-regenerations-refused': {},
  'regeneration-answer-lost': {},
  'regenerated-key-answered': { status: 'number' },
  'revoke-by-hand': { because: 'reason', id: 'text' },

  // One answer, or its absence.
  'no-answer': { message: 'text?' },
  'not-forgeable': { message: 'text' },
  'not-repeated': { first: 'text', later: 'text' },
  'not-again-with-others': { finding: 'text' },
  'guess-not-repeated': { finding: 'text', status: 'number?' },
  'guess-then-answered': { finding: 'text', status: 'number?' },
  'no-key-accepted-before': { operation: 'text' },
  'names-not-made': {},
  'existence-not-comparable': {},
  'let-through-without-success': { answer: 'text' },
  'other-key-dead': {},
  'says-nothing-of-key': { status: 'number' },
  'looks-absent': { operation: 'text' },
  'costly-key-undecided': { took: 'number', usual: 'number' },
  'owner-refused-once': { first: 'number?', later: 'number?' },

  // Procedures.
  'step-unanswered': { step: 'text', operation: 'text?', message: 'text?' },
  'step-answered': { step: 'text', operation: 'text?', status: 'number' },
  'step-not-json': { step: 'text', operation: 'text?' },
  'operation-missing': { operation: 'text' },
  'effect-not-shown': {},
  'nothing-sent': {},
  'no-further-connection': {},
  'no-connection-under-load': {},
  'unmodified-not-accepted': { status: 'number?', message: 'text?' },
  'too-few-uses': { uses: 'number', due: 'number' },
  'key-never-accepted': {},
  'key-never-refused': {},
  'list-unknown': {},
  'list-refused': { status: 'number' },
  'list-missing': {},
  'list-shorter-than-told': { operation: 'text', key: 'text', total: 'number', seen: 'number' },
  'list-end-unseen': { status: 'number', seen: 'number' },
  'list-too-long': { seen: 'number' },
  'list-page-empty': { page: 'number', pages: 'number' },
  'list-goes-on': { total: 'number' },
  'list-middle-skipped': { total: 'number', first: 'number', last: 'number' },
  'nobody-answers': { url: 'text', message: 'text' },
  'address-not-tried': { url: 'text', message: 'text' },
  'sent-key-dead': { status: 'number?' },
  'made-up-key-refused-alike': { url: 'text', status: 'number' },
  'handshake-refused': {},
  'handshake-undecided': { message: 'text' },
  'handshake-not-offered': { offer: 'text' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ParameterKind>>>>;

/** The types of parameters; those with a question mark are optional. */
export type ParameterKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'texts'
  | 'reason'
  | 'reasons'
  | 'text?'
  | 'number?'
  | 'reason?';
