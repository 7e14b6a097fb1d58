/** The word SANDBOX as a picture, drawn from a tiny bitmap alphabet: no ffmpeg build can be trusted to have fonts. */

const glyphs: Readonly<Record<string, readonly string[]>> = {
  S: ['.####', '#....', '#....', '.###.', '....#', '....#', '####.'],
  A: ['.###.', '#...#', '#...#', '#####', '#...#', '#...#', '#...#'],
  N: ['#...#', '##..#', '##..#', '#.#.#', '#..##', '#..##', '#...#'],
  D: ['####.', '#...#', '#...#', '#...#', '#...#', '#...#', '####.'],
  B: ['####.', '#...#', '#...#', '####.', '#...#', '#...#', '####.'],
  O: ['.###.', '#...#', '#...#', '#...#', '#...#', '#...#', '.###.'],
  X: ['#...#', '#...#', '.#.#.', '..#..', '.#.#.', '#...#', '#...#'],
};

const word = 'SANDBOX';
const glyphColumns = 6; // five and a gap
const glyphRows = 7;
const paper = [20, 20, 24, 190];
const ink = [255, 200, 40, 255];

/** A PAM picture (RGBA), `dotPx` pixels to a dot, with a margin of two dots. */
export function sandboxMark(dotPx: number): Buffer {
  const columns = word.length * glyphColumns - 1 + 4;
  const rows = glyphRows + 4;
  const width = columns * dotPx;
  const height = rows * dotPx;
  const pixels = Buffer.alloc(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isInk = hasDot(Math.floor(x / dotPx) - 2, Math.floor(y / dotPx) - 2);
      pixels.set(isInk ? ink : paper, (y * width + x) * 4);
    }
  }
  const head = `P7\nWIDTH ${width}\nHEIGHT ${height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n`;
  return Buffer.concat([Buffer.from(head), pixels]);
}

function hasDot(column: number, row: number): boolean {
  if (column < 0 || row < 0) return false;
  const letter = word[Math.floor(column / glyphColumns)];
  return letter !== undefined && glyphs[letter]?.[row]?.[column % glyphColumns] === '#';
}
