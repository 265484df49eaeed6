// Nothing of the machine it was written on, and no secret, in any tracked file.

/** What must not be in a tracked file. A line that has to show such a thing ends in a comment with `not-a-secret`. */
const FORBIDDEN = [
  ['a path of one machine', /(?<![\w.~-])\/(?:work|root|Users|home\/[a-z][\w-]*|tmp)\/[\w.-]+/],
  ['the host of a package registry', /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio|npm\.pkg)[\w.-]*/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40,})/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}/],
  ['an AWS key', /\bAKIA[0-9A-Z]{16}\b/],
  ['a Slack token', /\bxox[abprs]-[\w-]{10,}/],
  ['a signed token', /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
];

/**
 * @param {string} path of the file, for the report
 * @param {string} text its content
 * @returns {string[]} one line per finding, with the line number
 */
export function textFaults(path, text) {
  if (text.includes('\0')) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      line.includes('not-a-secret')
        ? []
        : FORBIDDEN.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${index + 1}: ${what}`),
    );
}
