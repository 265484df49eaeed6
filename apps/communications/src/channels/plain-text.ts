/**
 * Markdown as the text of a mail: it is readable as it is, but for the backslashes that keep a value from being markup. Those
 * before `:`, `.` and `@` stay: mail programs turn addresses into links by themselves, and a value must not become one.
 */
export function plainText(markdown: string): string {
  return markdown.replaceAll(/\\([!-\-/;-?[-`{-~])/g, '$1');
}
