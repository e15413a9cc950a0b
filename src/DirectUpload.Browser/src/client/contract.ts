// The bodies of the HTTP API (docs/http-api.md) that the client reads.

export interface SignedRequest {
  url: string;
  headers?: Record<string, string>;
  fields?: Record<string, string>;
}

export interface SignedPart extends SignedRequest {
  partNumber: number;
}

export interface Instructions extends SignedRequest {
  method: 'PUT' | 'POST' | 'MULTIPART';
  partSize?: number;
  parts?: SignedPart[];
  partChecksums?: boolean;
  requiresChecksum?: boolean;
}

export interface Grant {
  id: string;
  writeToken: string;
  readToken: string;
  expiresAt: string;
  upload: Instructions;
}

export type RequestBody = Record<string, unknown>;

/** After these the record does not change, except that it can be deleted. */
export const terminal = new Set(['ready', 'rejected', 'failed', 'aborted', 'expired', 'deleted']);
