// Line ends, control characters, and what turns the direction of writing: none of them may come from a value.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const MARKUP = /[\\`*_{}[\]<>#|~&!@]|:(?=\/\/)|(?<=www)\./giu;

/** A value as part of one line of plain text. */
export function asLine(value: string): string {
  return value.replace(BREAKS, ' ').trim();
}

/**
 * A value as part of a Markdown paragraph: it reads as it was written and does nothing. No emphasis, link, image, HTML or
 * heading, and no address that renderers turn into a link by themselves.
 */
export function asMarkdown(value: string): string {
  return asLine(value).replace(MARKUP, '\\$&');
}
