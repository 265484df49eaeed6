/**
 * Whether a text can be stored, in a column and within the JSON of an event: Postgres takes neither a zero character nor half of a
 * surrogate pair. What people send is refused for it; otherwise it would end as an internal error.
 */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}
