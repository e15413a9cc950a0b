// Formats sizes and times for people.

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** Formats a size in units of 1,000, as the upload element does. */
export function bytes(count) {
  let power = 0;
  let value = count ?? 0;
  for (; value >= 1000 && power < units.length - 1; power++) value /= 1000;
  return new Intl.NumberFormat('en', {
    style: 'unit', unit: units[power], unitDisplay: power ? 'short' : 'long', maximumFractionDigits: power && value < 10 ? 1 : 0,
  }).format(value);
}

/** The names that people use for media types. */
const words = new Map([
  ['application/pdf', 'PDF'],
  ['application/zip', 'Zip archive'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'Word document'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'Excel workbook'],
  ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PowerPoint presentation'],
  ['application/octet-stream', 'File'],
  ['text/plain', 'Text'],
  ['text/csv', 'CSV table'],
  ['image/jpeg', 'JPEG image'],
]);
const families = { image: 'image', video: 'video', audio: 'audio' };

export function mediaType(type = '') {
  const [family, name = ''] = type.split('/');
  return words.get(type) ?? (families[family] ? `${name.toUpperCase()} ${families[family]}` : name || 'File');
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const spans = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

export function ago(time, now = Date.now()) {
  // The server's clock may be slightly ahead of this one; times here are never in the future.
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  for (const [unit, length] of spans) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return seconds < 10 ? 'just now' : relative.format(-Math.floor(seconds / 10) * 10, 'second');
}
