/**
 * What every media answer carries, in every host: a stranger made these bytes. They may be shown inside the page and saved; opened by
 * themselves they are no document of our origin, whatever they say about themselves.
 */

/** Documents that could run or load something (SVG, HTML, XML, text) are not among them, and never will be. */
const mediaTypes: ReadonlySet<string> = new Set([
  ...['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
  ...['video/mp4', 'video/webm', 'video/x-matroska'],
]);

export const isMediaType = (contentType: string): boolean => mediaTypes.has(contentType);

export const mediaHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'content-disposition': 'attachment',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The answer as a host may send it: the page's own policy is for the page alone and must not replace this one. */
export function asMediaAnswer(answer: Response): Response {
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(mediaHeaders)) headers.set(name, value);
  const type = headers.get('content-type');
  const isText = !answer.ok && (type?.startsWith('text/plain') ?? false);
  if (type !== null && !isText && !isMediaType(type)) headers.set('content-type', 'application/octet-stream');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}
