// Numbers and times for people.

const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** 1024 to the step, as the profiles' limits count. */
export function bytes(count) {
  let step = 0;
  let value = count ?? 0;
  while (value >= 1024 && step < units.length - 1) { value /= 1024; step++; }
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`;
}

export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const spans = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

export function ago(time, now = Date.now()) {
  // The server's clock may be a little ahead of this one; nothing here happens in the future.
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  for (const [unit, length] of spans) {
    if (seconds >= length) return relative.format(-Math.floor(seconds / length), unit);
  }
  return seconds < 10 ? 'just now' : relative.format(-Math.floor(seconds / 10) * 10, 'second');
}

export function inTime(time, now = Date.now()) {
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  if (seconds <= 0) return 'now';
  const [unit, length] = spans.find(([, span]) => seconds >= span) ?? ['second', 1];
  return relative.format(Math.round(seconds / length), unit);
}
