interface Row {
  readonly permission: 'read' | 'write';
  readonly description: string;
  /** The status that GET /v1/version gives to the prepared key, and to its successor. */
  readonly prepared: 200 | 401;
  readonly successor?: string;
  /** How many keys key control makes. */
  readonly made: number;
  /** Which of them is the prepared key; by default the first. */
  readonly prepares?: number;
  /** How often it is used before it is revoked or expires. */
  readonly warmed?: number;
}

/** The result of each preparation, in the order of the vocabulary. */
export const rows: Readonly<Record<string, Row>> = {
  'fresh write key': {
    permission: 'write',
    description: 'write key created a moment ago',
    prepared: 200,
    made: 1,
  },
  'fresh read key': {
    permission: 'read',
    description: 'read key created a moment ago',
    prepared: 200,
    made: 1,
  },
  'regenerated write key': {
    permission: 'write',
    description: 'write key that was regenerated a moment ago',
    prepared: 401,
    successor: 'write key that replaced it',
    made: 2,
  },
  'regenerated read key': {
    permission: 'read',
    description: 'read key that was regenerated a moment ago',
    prepared: 401,
    successor: 'read key that replaced it',
    made: 2,
  },
  'used and regenerated write key': {
    permission: 'write',
    description: 'write key that was regenerated a moment ago',
    prepared: 401,
    successor: 'write key that replaced it',
    made: 2,
    warmed: 1,
  },
  'used and regenerated read key': {
    permission: 'read',
    description: 'read key that was regenerated a moment ago',
    prepared: 401,
    successor: 'read key that replaced it',
    made: 2,
    warmed: 1,
  },
  'used and revoked write key': {
    permission: 'write',
    description: 'write key that was revoked a moment ago',
    prepared: 401,
    made: 1,
    warmed: 1,
  },
  'used and regenerated write key, when it is rejected': {
    permission: 'write',
    description: 'write key that was regenerated a moment ago',
    prepared: 401,
    successor: 'write key that replaced it',
    made: 2,
    warmed: 1,
  },
  'revoked write key': {
    permission: 'write',
    description: 'write key that was revoked a moment ago',
    prepared: 401,
    made: 1,
  },
  'revoked read key': {
    permission: 'read',
    description: 'read key that was revoked a moment ago',
    prepared: 401,
    made: 1,
  },
  'twice regenerated write key': {
    permission: 'write',
    description: 'write key that was regenerated twice',
    prepared: 401,
    made: 3,
  },
  'regenerated and revoked write key': {
    permission: 'write',
    description: 'write key that was regenerated and then revoked',
    prepared: 401,
    made: 2,
  },
  'revoked successor of a write key': {
    permission: 'write',
    description: 'write key that a regeneration answered and that was then revoked',
    prepared: 401,
    made: 2,
    prepares: 1,
  },
  'revoked write key and a later one': {
    permission: 'write',
    description: 'write key that was revoked before another one was made',
    prepared: 401,
    made: 2,
  },
  'warmed and regenerated write key': {
    permission: 'write',
    description: 'write key that was regenerated a moment ago',
    prepared: 401,
    successor: 'write key that replaced it',
    made: 2,
    warmed: 20,
  },
  'warmed and revoked write key': {
    permission: 'write',
    description: 'write key that was revoked a moment ago',
    prepared: 401,
    made: 1,
    warmed: 20,
  },
  'sibling of a regenerated key': {
    permission: 'write',
    description: 'write key whose sibling was regenerated a moment ago',
    prepared: 200,
    made: 3,
  },
  'sibling of a revoked key': {
    permission: 'write',
    description: 'write key whose sibling was revoked a moment ago',
    prepared: 200,
    made: 2,
  },
  'key before its expiry': {
    permission: 'write',
    description: 'write key that expires in the far future',
    prepared: 200,
    made: 1,
  },
  'key past half of its life': {
    permission: 'write',
    description: 'write key past half of its life',
    prepared: 200,
    made: 1,
  },
  'key after its expiry': {
    permission: 'write',
    description: 'write key ten minutes after its expiry',
    prepared: 401,
    made: 1,
  },
  'key after ten years': {
    permission: 'write',
    description: 'write key created ten years ago by the clock of the target',
    prepared: 200,
    made: 1,
  },
};
