/** Media URLs on the page's own origin; apart from the contract's schemas so that a page can use it without shipping them. */

/**
 * Relative to the page: `media/<what>/<id>`.
 * asset: the source · poster: its still · filmstrip: add `/n` · proxy · prepared: exactly what would be sent · library: a result · libraryPoster: its still ·
 * libraryStrip: `stripPictures` of its pictures beside each other, evenly spread over its length.
 */
export type MediaUrlKind =
  | 'asset'
  | 'poster'
  | 'filmstrip'
  | 'proxy'
  | 'prepared'
  | 'library'
  | 'libraryPoster'
  | 'libraryStrip';

/** All of one width, in one row. */
export const stripPictures = 16;

export function mediaUrl(kind: MediaUrlKind, id: string, picture?: number): string {
  const base = `media/${kind}/${encodeURIComponent(id)}`;
  return picture === undefined ? base : `${base}/${picture}`;
}
