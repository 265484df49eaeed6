import { registerEnumType } from '@nestjs/graphql';

type Described = { readonly description: string };

/**
 * Declares a GraphQL enum of the domain's own words: in the graph they are spelled as in the code. `meanings` describes words that do
 * not speak for themselves.
 */
export function enumOf<Word extends string>(
  name: string,
  words: readonly Word[],
  description: string,
  meanings: { readonly [W in Word]?: string } = {},
): { readonly [W in Word]: W } {
  const members = Object.fromEntries(words.map((word) => [word, word])) as { readonly [W in Word]: W };
  const valuesMap: { [W in Word]?: Described } = {};
  for (const word of words) {
    const meaning = meanings[word];
    if (meaning !== undefined) valuesMap[word] = { description: meaning };
  }
  registerEnumType(members, { name, description, valuesMap });
  return members;
}
