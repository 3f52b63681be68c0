/** The jobs that `init` can prepare a folder for. */
export const jobs = ['nightly', 'gate', 'vendor'] as const;
export type Job = (typeof jobs)[number];
