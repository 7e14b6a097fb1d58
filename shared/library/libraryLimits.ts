/** How long what the library keeps of a result may be; apart from the schemas, so that the page knows it without them. */

/** No name, prompt or path of a person comes near; the whole record of a result is kept small, since lists hold a thousand of them. */
export const libraryLimits = {
  nameLength: 300,
  pathLength: 4096,
  textLength: 200,
  recordLength: 64_000,
  notes: 200,
  noteLength: 1000,
} as const;
