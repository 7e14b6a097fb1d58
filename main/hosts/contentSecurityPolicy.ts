/** What the page may load, in every host: nothing but itself. Stops injected markup from running code or sending data out. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'", // Mantine writes its variables into style elements
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "connect-src 'self'", // covers the WebSocket of the same origin
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // Texts become neither markup nor code; `default` is the page's one policy (renderer/public/scheme.js).
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/** Headers of every answer that a page can receive. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
