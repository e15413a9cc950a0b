// Problems in plain words: what happened, what it means, and whether trying again can help.

const application = {
  'unknown-profile': 'The application has no such kind of upload.',
  'invalid-request': 'The application could not accept this request.',
  'type-not-allowed': 'This type of file is not accepted here.',
  'too-large': 'This file is too large.',
  'too-small': 'This file is too small.',
  'quota-exceeded': 'You have reached your limit of uploads.',
  'token-missing': 'The application did not get the token of this upload.',
  'token-invalid': 'The token of this upload does not allow this.',
  'not-found': 'The application no longer knows this upload.',
  'not-uploaded': 'S3 does not have the file yet.',
  'conflict': 'The upload has moved on in the meantime.',
  'expired': 'The time to upload this file ran out.',
  'mismatch': 'What arrived is not what was promised.',
  'storage-unavailable': 'The storage does not answer at the moment.',
  'storage-misconfigured': 'The storage refuses what this application is set up to do. Its operator has to correct that; nothing was lost.',
};

const storage = {
  AccessDenied: 'S3 refused the file: the permission ran out or does not fit.',
  EntityTooLarge: 'S3 refused the file: it is larger than was agreed.',
  EntityTooSmall: 'S3 refused the file: it is smaller than was agreed.',
  BadDigest: 'S3 refused the file: the bytes that arrived do not match the checksum.',
  SignatureDoesNotMatch: 'S3 refused the file: the signature does not fit the request.',
  RequestTimeout: 'S3 stopped waiting for the rest of the file.',
  SlowDown: 'S3 asks to slow down.',
};

const own = {
  'application-unreachable': 'The application cannot be reached.',
  'storage-unreachable': 'The connection to S3 was lost, or could not be made.',
  'unreadable': 'This browser cannot read the file.',
  'unsupported-method': 'The application asked for a way to upload that this page does not speak.',
};

const hints = {
  'application-unreachable': 'Check the connection and try again.',
  'storage-unreachable': 'Check the connection and try again. On your own bucket, also check that its CORS rules allow this page.',
  'unreadable': 'It may be a folder, or it was moved or changed since you chose it.',
};

// The same file would meet the same answer again.
const final = new Set([
  'unknown-profile', 'invalid-request', 'type-not-allowed', 'too-large', 'too-small', 'mismatch',
  'EntityTooLarge', 'EntityTooSmall', 'unsupported-method',
]);

export function explain({ source, code, detail }) {
  const known = source === 'storage' ? storage[code] : (own[code] ?? application[code]);
  const title = known ?? (source === 'storage' ? 'S3 refused the file.' : 'The application could not do this.');
  return {
    title,
    // The server's sentence is the better one: it has the limits. It may also say just what our title says.
    detail: detail && detail !== title ? detail : (hints[code] ?? ''),
    who: { application: 'Application', storage: 'S3', network: 'Network', browser: 'Browser' }[source] ?? 'Application',
    code,
    canRetry: !final.has(code),
  };
}

/** A record that ended badly carries its reason as {code, detail}. */
export function explainRecord({ status, error }) {
  const fallback = {
    rejected: 'The application rejected this file.',
    failed: 'The application gave up processing this file.',
    expired: application.expired,
    aborted: 'This upload was cancelled.',
    deleted: 'This upload was deleted.',
  }[status];
  const words = explain({ source: 'application', code: error?.code ?? status, detail: error?.detail });
  return {
    ...words,
    // Why it was rejected is in the code; why processing failed is the detail's to say.
    title: (status === 'rejected' ? application[error?.code] : null) ?? fallback ?? words.title,
    canRetry: status !== 'rejected',
  };
}
