import * as z from 'zod';

/** Who seems to have answered, if it is not the API alone. */
export const seemsSchema = z.object({
  /** Something in front of the API: its name and the media type of its answer, if known. */
  inFront: z.object({ name: z.string().optional(), type: z.string().optional() }).optional(),
  /** Why a cache may have answered: a header field, or another key that got the same body. */
  cache: z.string().optional(),
});
export type Seems = z.infer<typeof seemsSchema>;
