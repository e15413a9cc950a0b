// Browsers leave the type empty for endings that the system does not know; Windows without Office knows few.

const byEnding = {
  avif: 'image/avif', gif: 'image/gif', heic: 'image/heic', jpeg: 'image/jpeg', jpg: 'image/jpeg', png: 'image/png', webp: 'image/webp',
  csv: 'text/csv', md: 'text/markdown', txt: 'text/plain',
  pdf: 'application/pdf', zip: 'application/zip',
  doc: 'application/msword', xls: 'application/vnd.ms-excel', ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

export function contentTypeOf(file) {
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const guess = Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
  // Chrome on Windows calls a zip by its old name.
  if (file.type === 'application/x-zip-compressed') return 'application/zip';
  return file.type || guess || 'application/octet-stream';
}
