// What an error means for the upload.
import type { UploadRecord } from '../types.js';
import { unreadable } from './file-check.js';
import { browserProblem, Problem } from './problem.js';

/** Whether the upload at the application is of no use, so that it is deleted and a retry requests a new one. */
export const isDeadEnd = ({ code }: Problem) =>
  /^(file-|storage-refused|expired|not-found|conflict|mismatch|deleted|token-|not-uploaded|unexpected|checksum)/.test(code);

/** Whether a new upload of the same file can take the place of this one without asking. */
export const recoverable = (error: unknown) => error instanceof Problem && error.source === 'application' && error.code === 'expired';

/** The reason for which a record is not ready. */
export function ofRecord({ status, error }: UploadRecord): Problem {
  const problem = new Problem(error?.code ?? status, 'application', { detail: error?.detail ?? '' });
  // The same file is rejected again, unless its bytes were changed on the way; a failed one may be processed the next time.
  problem.canRetry = !/^(rejected|deleted)$/.test(status) || /^checksum-m/.test(problem.code);
  return problem;
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return error instanceof DOMException && /^Not/.test(error.name) ? unreadable(error) : browserProblem('unexpected', String(error));
}
