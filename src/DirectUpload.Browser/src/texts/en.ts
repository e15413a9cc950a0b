// English. A text explains what happened and what to do; {placeholders} are filled.
import { basic } from './basic.js';
import ui from './ui.en.js';

export const errors = {
  ...basic,
  // Error codes of the HTTP API (docs/http-api.md)
  'invalid-request': 'The application did not accept this upload. Reload the page and try again.',
  'unknown-profile': 'The application does not accept uploads here. Contact its operator.',
  'too-small': 'This file is too small. Choose another file.',
  'too-large': 'This file is too large. Choose a smaller file.',
  'type-not-allowed': 'Files of this type are not accepted. Choose another file.',
  'unauthorized': 'You are not signed in. Sign in and try again.',
  'token-missing': 'The permission for this upload is missing. Try again.',
  'token-invalid': 'The permission for this upload is not valid. Try again.',
  'forbidden': 'You are not allowed to upload this file here. Ask the operator for access.',
  'cross-site': 'The application does not accept uploads from this site. Contact its operator.',
  'deletion-not-allowed': 'This file is in use. Remove it in the application.',
  'not-found': 'This upload no longer exists. Upload the file again.',
  'request-timeout': 'The connection was too slow. Try again.',
  'not-uploaded': 'The file did not arrive completely. Try again.',
  'conflict': 'This upload has changed in the meantime. Reload the page.',
  'expired': 'The time for this upload has expired. Upload the file again.',
  'deleted': 'This file was deleted. Upload it again.',
  'mismatch': 'The uploaded file is not what its name or type says. Choose another file.',
  'checksum-mismatch': 'This file was damaged on its way. Upload it again.',
  'checksum-missing': 'The checksum of this file is missing. Upload it again.',
  'checksum-not-reported': 'This file could not be verified. Contact the operator.',
  'quota-exceeded': 'Your upload limit is reached. Remove other files or try again later.',
  'too-many-streams': 'Too many pages are open. Close some and try again.',
  'server-busy': 'The application is busy. Try again in a moment.',
  'storage-unavailable': 'Storage is not available at the moment. Try again later; nothing is lost.',
  'storage-misconfigured': 'Storage is not set up correctly. Contact the operator and try again later.',
  'processing-failed': 'The file could not be processed. Try again or choose another file.',
  'client-reported': 'The upload was stopped. Upload the file again.',
  'unattached': 'This file was deleted, because it was not saved in time. Upload it again.',
  'replaced': 'This file was replaced by another one.',
  'not-ready': 'This file is not ready. Wait until its upload is complete.',
  'wrong-profile': 'This file was uploaded for another purpose. Upload it here again.',
  'attached-elsewhere': 'This file already belongs to something else. Upload it again.',
  // Statuses
  'rejected': 'This file was not accepted. Choose another file.',
  'aborted': 'The upload was canceled. Upload the file again if you need it.',
  // Codes of the client
  'cors': 'Storage does not accept uploads from this page. Contact the operator.',
  'storage-busy': 'Storage is busy. Try again in a moment.',
  'storage-refused': 'Storage refused the file. Try again or contact the operator.',
  'server-error': 'The application reported an error. Try again later.',
  'unexpected-response': 'The application gave an unexpected answer. Reload the page and try again.',
  'unexpected': 'Something went wrong in the browser. Reload the page and try again.',
  'file-changed': 'The file was changed while it was uploaded. Choose it again.',
  'file-unreadable': 'The file cannot be read. Check that it still exists and choose it again.',
  'choose-again': 'Choose the same file again to continue.',
  'canceled': 'The upload was canceled.',
};

export default { ...errors, ...ui };
