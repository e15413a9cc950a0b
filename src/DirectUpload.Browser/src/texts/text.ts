import type { errors } from './en.js';

/** The error texts of a language, by code. */
export type ErrorTexts = Record<keyof typeof errors, string>;

declare const texts: Record<string, string>;
/** All texts of a language, for the client's option `texts`. */
export default texts;
