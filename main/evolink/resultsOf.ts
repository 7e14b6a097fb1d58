/** Where a finished task keeps its results: links and element ids out of `results` and `result_data`, whatever shape they come in. */
import { idText } from './schemas.ts';

/** Names under which a link was seen or may be expected, the best first. */
const linkNames = ['video_url', 'url', 'videoUrl', 'video', 'download_url', 'videos', 'results', 'data'] as const;
const elementNames = ['element_id', 'elementId'] as const;
/** A server's list is read so far, and its objects so deep. */
const MAX_ITEMS = 50;
const MAX_DEPTH = 4;
const MAX_LINK_LENGTH = 4096;

/** Everything that looks like the address of something, in the order of the answer, once each. Whether it can be fetched is found out later. */
export function linksIn(value: unknown, depth = 0): string[] {
  if (depth > MAX_DEPTH) return [];
  if (typeof value === 'string') {
    const text = value.trim();
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && text.length <= MAX_LINK_LENGTH ? [text] : [];
  }
  if (Array.isArray(value)) return [...new Set(value.slice(0, MAX_ITEMS).flatMap((item) => linksIn(item, depth + 1)))];
  if (typeof value !== 'object' || value === null) return [];
  const fields = value as Record<string, unknown>;
  return [...new Set(linkNames.flatMap((name) => linksIn(fields[name], depth + 1)))];
}

/** The first element id; null where there is none that can be one. */
export function elementIdIn(value: unknown, depth = 0): string | null {
  if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    const fields = value as Record<string, unknown>;
    for (const name of elementNames) {
      const id = idText.safeParse(fields[name]);
      if (id.success) return id.data;
    }
    return elementIdIn(fields.element, depth + 1) ?? elementIdIn(fields.data, depth + 1);
  }
  for (const item of value.slice(0, MAX_ITEMS)) {
    const id = elementIdIn(item, depth + 1);
    if (id !== null) return id;
  }
  return null;
}
