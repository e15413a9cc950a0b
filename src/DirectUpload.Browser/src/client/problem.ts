// An error with a code. Its message in the page's language is set when it reaches the page.
import type { UploadError } from '../types.js';

interface Details {
  detail?: string | undefined;
  status?: number;
  /** The delay that the server asks for, in milliseconds. */
  retryAfter?: number | null;
  transient?: boolean;
}

// The same file would fail again.
const final = /^(unknown-p|invalid|too-(small|large)|type-not|mismatch|rejected|file-|canceled|deleted|replaced|unattached|forbid|cross)/;

export class Problem extends Error implements UploadError {
  readonly code: string;
  readonly source: UploadError['source'];
  detail?: string;
  readonly status?: number;
  readonly retryAfter: number | null;
  /** Whether the same call can succeed later without any change. */
  readonly transient: boolean;
  canRetry: boolean;
  /** Whether the browser hides the cause, and no byte was sent. */
  opaque = false;

  constructor(code: string, source: UploadError['source'], { detail, status, retryAfter = null, transient = false }: Details = {}) {
    super(code);
    this.name = 'UploadError';
    this.code = code;
    this.source = source;
    if (detail) this.detail = detail;
    if (status) this.status = status;
    this.retryAfter = retryAfter;
    this.transient = transient;
    this.canRetry = !final.test(code);
  }
}

export const browserProblem = (code: string, detail = '') =>
  new Problem(code, 'browser', { detail, transient: code === 'network' || code === 'offline' });
