/** Tells whether a text begins like an SVG, in one pass: what a stranger writes there must not make the look at it long. */

/** The end of what opens at `at` and ends with `close`; null when that is not within the text. */
function endOf(text: string, at: number, close: string): number | null {
  const end = text.indexOf(close, at);
  return end < 0 ? null : end + close.length;
}

/** A DOCTYPE with what stands in its brackets, which may hold `>` itself. */
function endOfDoctype(text: string, at: number): number | null {
  const close = text.indexOf('>', at);
  const bracket = text.indexOf('[', at);
  if (bracket < 0 || (close >= 0 && close < bracket)) return endOf(text, at, '>');
  const inner = endOf(text, bracket, ']');
  return inner === null ? null : endOf(text, inner, '>');
}

/** `head`: the first bytes as text. White space, an XML declaration, comments and a DOCTYPE may come before `<svg`. */
export function beginsLikeSvg(head: string): boolean {
  let at: number | null = head.startsWith('\uFEFF') ? 1 : head.startsWith('\xef\xbb\xbf') ? 3 : 0;
  while (at !== null && at < head.length) {
    const rest: string = head.slice(at, at + 9);
    if (/^\s/.test(rest)) at += 1;
    else if (rest.startsWith('<!--')) at = endOf(head, at + 4, '-->');
    else if (rest.startsWith('<?')) at = endOf(head, at, '?>');
    else if (rest.toUpperCase() === '<!DOCTYPE') at = endOfDoctype(head, at);
    else return /^<svg(?:[\s>/]|$)/.test(rest);
  }
  return false;
}
