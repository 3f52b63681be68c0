/** Headers that make a cache keep or look up an answer in another way than usual. */
export const besideHeaders = [
  { id: 'origin', header: 'Origin', value: 'https://my.mufi.app' },
  { id: 'accept-language', header: 'Accept-Language', value: 'en' },
  { id: 'whole-range', header: 'Range', value: 'bytes=0-' },
] as const;
