// The checks in the browser before a file is sent. The application checks again.
import type { Attributes } from './attributes.js';
import { describeTypes, isAccepted } from './media-types.js';
import type { Words } from './words.js';

/** Why a file cannot be added, in words; undefined if it can. "count" is the number of files that are in the list. */
export function refusal(
  file: File, count: number, { multiple, maxFiles, accept, maxSize }: Attributes, { text, size }: Words,
): string | undefined {
  const most = multiple ? maxFiles || Infinity : 1;
  return count >= most ? text(most > 1 ? 'too-many' : 'only-one', { count: most })
    : !isAccepted(file, accept) ? text('wrong-type', { types: describeTypes(accept, text) })
    : maxSize && file.size > maxSize ? text('too-large', { size: size(file.size), limit: size(maxSize) })
    : undefined;
}
