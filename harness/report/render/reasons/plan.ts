import type { Words } from './words.ts';

/** Why a scenario is not sent, or an operation not tried. */
export const fromPlan = {
  'capability-absent': ({ capabilities, unlisted }) =>
    `the target has no ${capabilities.join(', ')}${
      unlisted.length === 0 ? '' : `: key control does not list the feature ${unlisted.join(', ')}`
    }`,
  'capability-missing': ({ capabilities, because }, say) => {
    const why = [...new Set(because.map(say))];
    return `this run has no ${capabilities.join(', ')}${why.length === 0 ? '' : `: ${why.join('; ')}`}`;
  },
  'mode-without-control': ({ mode }) => `the mode ${mode} leaves key control out`,
  'production-keeps-queries': ({ host }) =>
    `${host} is a production host, whose access logs would keep the key that the query holds`,
  'nothing-claimed-absent': () => 'no operation is claimed absent',
  'no-such-operations': () => 'the target has none of the operations it is sent to',
  'mode-excludes-operations': ({ mode }) => `the mode ${mode} leaves out every operation it is sent to`,
  'nothing-to-send-to': () => 'there is nothing to send it to',
  'seldom-at-quick': () => 'depth quick sends those of its kind that are seen most often',
  'did-not-run': ({ why }) => why,
  'same-project': () =>
    'an event that MUFI_OTHER_PROJECT_WRITE_KEY finds or makes belongs to the project of MUFI_WRITE_KEY, so both seem to be keys of one project; supply the two keys of a second project',
  'mode-spares-operation': () => 'the mode keeps valid keys from writing',
  'operation-silent': ({ message }) => message ?? 'it does not answer',
  'answers-write-key': ({ status }) => `it answers the unmodified write key with ${status}`,
  'answers-failure': ({ status }) => `it answers ${status}`,
  'answers-redirect': ({ status }) => `it redirects (${status})`,
  'although-there': ({ because }, say) => `${say(because)} although it is there`,
  'although-named': ({ because }, say) =>
    `${say(because)} although the target itself said that it has what the request names`,
  'claimed-absent': ({ status }) =>
    status === undefined
      ? 'it is claimed absent'
      : `it is claimed absent, and answered the unmodified write key with ${status} at the first look`,
  'shards-disagree': ({ states }) => states.join(', '),
} satisfies Partial<Words>;
