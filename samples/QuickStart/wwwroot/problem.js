// What went wrong, and who said so: the application, the storage, the network or this browser.

export class UploadProblem extends Error {
  constructor({ source, code, detail = '', status = 0, retryAfter = null }) {
    super(detail || code);
    this.name = 'UploadProblem';
    this.source = source;
    this.code = code;
    this.detail = detail;
    this.status = status;
    /** Milliseconds that the server asked us to wait, or null. */
    this.retryAfter = retryAfter;
  }
}

/** The application's refusal: RFC 9457 problem details with a stable `code`. */
export function fromProblemDetails(status, body, retryAfter) {
  return new UploadProblem({
    source: 'application',
    code: body?.code ?? `http-${status}`,
    detail: body?.detail ?? body?.title ?? '',
    status,
    retryAfter,
  });
}

/** S3's refusal: an XML document with Code and Message. A proxy in between may answer anything else. */
export function fromStorageAnswer(status, xml) {
  const text = (name) => xml?.getElementsByTagName(name)[0]?.textContent?.trim() ?? '';
  return new UploadProblem({
    source: 'storage',
    code: text('Code') || `http-${status}`,
    detail: text('Message'),
    status,
  });
}

export function unreachable(whom) {
  return new UploadProblem({ source: 'network', code: `${whom}-unreachable` });
}
