/** JSON of the database, parsed once per text: recipes and plans of many jobs are read again with every look at the queue. */

/** Characters in all; a thousand jobs fit. */
const MOST_CHARACTERS = 4_000_000;

/** Answers frozen values, because readers share them. The texts that were not asked for longest go first. */
export function createParsedTexts(mostCharacters = MOST_CHARACTERS): (text: string) => unknown {
  const known = new Map<string, unknown>();
  let characters = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) {
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const value = freeze(JSON.parse(text));
    known.set(text, value);
    characters += text.length;
    for (const old of known.keys()) {
      if (characters <= mostCharacters) break;
      known.delete(old);
      characters -= old.length;
    }
    return value;
  };
}

function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part);
    Object.freeze(value);
  }
  return value;
}
