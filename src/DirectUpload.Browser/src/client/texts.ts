// Texts by code in the page's language. The words of the interface and the most basic errors are English until they are loaded.
import { basic } from '../texts/basic.js';
import ui from '../texts/ui.en.js';

type Texts = Record<string, string>;

const english: Texts = { ...basic, ...ui };

// Static, so that bundlers find the files.
const languages = {
  en: () => import('../texts/en.js'),
  de: () => import('../texts/de.js'),
  fr: () => import('../texts/fr.js'),
  es: () => import('../texts/es.js'),
  ko: () => import('../texts/ko.js'),
  ja: () => import('../texts/ja.js'),
};

export class TextSource {
  readonly loaded: Promise<void>;
  #all: Texts;

  constructor(language: string | undefined, own: Texts = {}) {
    this.#all = { ...english, ...own };
    const chosen = (language || document.documentElement.lang || navigator.language).slice(0, 2).toLowerCase();
    const load = (languages as Partial<Record<string, () => Promise<{ default: Texts }>>>)[chosen] ?? languages.en;
    this.loaded = load().then(({ default: texts }) => { this.#all = { ...english, ...texts, ...own }; }, () => {});
  }

  has(key: string): boolean { return key in this.#all; }

  get(key: string, values: Record<string, string | number> = {}): string {
    return (this.#all[key] ?? key).replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
  }
}
