/** File names of results: readable, legal on every system, at most 255 bytes with every suffix. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;
/** Room for `-2`, `.restage.json` and a `.part` beside it. */
const MAX_BASE_BYTES = 180;

export function safeName(text: string): string {
  const cleaned = text
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\-\s]+|[.\s]+$/g, '');
  const named = cleaned === '' || RESERVED.test(cleaned) ? `_${cleaned}` : cleaned;
  return cutBytes(named, MAX_BASE_BYTES).trim();
}

function cutBytes(text: string, maxBytes: number): string {
  const encoder = new TextEncoder();
  let length = 0;
  let result = '';
  for (const character of text) {
    length += encoder.encode(character).length;
    if (length > maxBytes) break;
    result += character;
  }
  return result;
}

/** `character on clip 2026-11-21`: who, doing what, when. */
export function resultName(options: { videoName: string; imageName: string | null; at: Date }): string {
  const stem = (name: string) => cutBytes(name.replace(/\.[^.]{1,5}$/, ''), 70);
  const { at } = options;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const who = options.imageName === null ? '' : `${stem(options.imageName)} on `;
  return safeName(`${who}${stem(options.videoName)} ${day}`);
}
