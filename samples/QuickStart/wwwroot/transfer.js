// The bytes, from this browser straight to S3. XMLHttpRequest, because fetch cannot report upload progress.
import { UploadProblem, fromStorageAnswer, unreachable } from './problem.js';

// The browser sets these itself and complains about a page that tries.
const browserOwned = new Set(['content-length', 'host']);

export function transfer(instructions, file, { signal, onProgress }) {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal.addEventListener('abort', abort, { once: true });

    request.upload.onprogress = (event) => {
      // A form is a little longer than its file; the fraction is what can be trusted.
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(fromStorageAnswer(request.status, request.responseXML));
    };
    // The browser hides why: offline, a reset connection and a refused CORS preflight all look the same.
    request.onerror = () => reject(unreachable('storage'));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);

    try {
      begin(request, instructions, file);
    } catch (error) {
      reject(error);
    }
  });
}

function begin(request, { method, url, headers = {}, fields = {} }, file) {
  switch (method) {
    case 'PUT':
      request.open('PUT', url);
      // Exactly what was signed: one header more or fewer and S3 refuses the signature.
      for (const [name, value] of Object.entries(headers)) {
        if (!browserOwned.has(name.toLowerCase())) request.setRequestHeader(name, value);
      }
      request.send(file);
      break;
    case 'POST': {
      request.open('POST', url);
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      // S3 ignores every field after the file.
      form.append('file', file);
      request.send(form);
      break;
    }
    default:
      throw new UploadProblem({ source: 'browser', code: 'unsupported-method', detail: String(method) });
  }
}
