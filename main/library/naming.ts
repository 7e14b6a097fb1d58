/** File names of results: readable, legal on every system, at most 255 bytes with every suffix. */
/** Of Windows, with any extension behind them: `con.take.mp4` is the console as well. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\s*\.|$)/i;
/** Room for ` 2`, `.restage.json` and the name of a temporary file beside it. */
const MAX_BASE_BYTES = 180;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

export function safeName(text: string): string {
  const cleaned = text
    .toWellFormed()
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to go
    .replace(/[\u0000-\u001f\u007f\u0080-\u009f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[.\-\s]+|[.\s]+$/g, '');
  const named = cleaned === '' || RESERVED.test(cleaned) ? `_${cleaned}` : cleaned;
  return cutBytes(named, MAX_BASE_BYTES).replace(/[.\s]+$/, '');
}

/** At most so many bytes of UTF-8; a picture made of several code points is left whole or left out. */
function cutBytes(text: string, maxBytes: number): string {
  let length = 0;
  let result = '';
  for (const { segment } of graphemes.segment(text)) {
    length += Buffer.byteLength(segment);
    if (length > maxBytes) break;
    result += segment;
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
