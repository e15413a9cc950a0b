// Texts, sizes, times and percentages in the language of the texts.
import type { UploadClient } from '../types.js';

export interface Words {
  text(key: string, values?: Record<string, string | number>): string;
  percent(fraction: number): string;
  size(bytes: number, per?: string): string;
  time(seconds: number): string;
}

export function createWords(client: () => UploadClient): Words {
  const text: Words['text'] = (key, values) => client().text(`ui.${key}`, values);
  const format = (value: number, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(text('language'), options).format(value);
  const withUnit = (value: number, unit: string, maximumFractionDigits = 0, unitDisplay: 'short' | 'long' = 'long') =>
    format(value, { style: 'unit', unit, unitDisplay, maximumFractionDigits });
  return {
    text,
    // 100 % is for what is complete.
    percent: (fraction) => format(Math.floor(fraction * 100) / 100, { style: 'percent' }),
    size(bytes, per = '') {
      let power = 0;
      for (; bytes >= 1000 && power < 4; power++) bytes /= 1000;
      return withUnit(bytes, ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'][power] + per, power && bytes < 10 ? 1 : 0,
        power || per ? 'short' : 'long');
    },
    time: (seconds) => seconds < 60 ? withUnit(Math.ceil(seconds), 'second')
      : seconds < 5400 ? withUnit(Math.ceil(seconds / 60), 'minute') : withUnit(Math.ceil(seconds / 3600), 'hour'),
  };
}
