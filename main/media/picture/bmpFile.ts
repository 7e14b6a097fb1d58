/** Decodes BMP, which sharp's build leaves out: 1 to 32 bits a pixel, plain or in bit fields, upright or bottom up. Bounded. */

export interface RawPicture {
  width: number;
  height: number;
  /** RGBA, 8 bits each. */
  data: Buffer;
  hasAlpha: boolean;
}

export interface BmpHeader {
  width: number;
  height: number;
  isTopDown: boolean;
  bits: number;
  /** 0 plain · 3 bit fields · 6 bit fields with alpha; others are not read. */
  compression: number;
  isReadable: boolean;
  headerSize: number;
  dataOffset: number;
  colorCount: number;
  icc: Buffer | null;
}

/** Version 5 of the header says where it lies, when its colours are `MBED`. */
function readEmbeddedProfile(bytes: Buffer): Buffer | null {
  if (bytes.readUInt32LE(14) < 124 || bytes.length < 138 || bytes.toString('latin1', 70, 74) !== 'DEBM') return null;
  const [from, size] = [14 + bytes.readUInt32LE(126), bytes.readUInt32LE(130)];
  return from + size <= bytes.length ? bytes.subarray(from, from + size) : null;
}

/** Null: too short, or none of the headers that programs have written since Windows 3. */
export function readBmpHeader(bytes: Buffer): BmpHeader | null {
  if (bytes.length < 54 || bytes.toString('latin1', 0, 2) !== 'BM' || bytes.readUInt32LE(14) < 40) return null;
  const [height, bits, compression] = [bytes.readInt32LE(22), bytes.readUInt16LE(28), bytes.readUInt32LE(30)];
  const isReadable =
    (compression === 0 && [1, 4, 8, 16, 24, 32].includes(bits)) ||
    ([3, 6].includes(compression) && [16, 32].includes(bits));
  return {
    width: Math.abs(bytes.readInt32LE(18)),
    height: Math.abs(height),
    isTopDown: height < 0,
    bits,
    compression,
    isReadable,
    headerSize: bytes.readUInt32LE(14),
    dataOffset: bytes.readUInt32LE(10),
    colorCount: bytes.readUInt32LE(46),
    icc: readEmbeddedProfile(bytes),
  };
}

type Pixel = readonly [r: number, g: number, b: number, a: number];

/** A value within a mask, spread over 0..255. */
function field(value: number, mask: number): number {
  if (mask === 0) return 0;
  const shift = Math.clz32(mask & -mask) ^ 31;
  return Math.round((((value & mask) >>> shift) * 255) / (mask >>> shift));
}

function paletteReader(bytes: Buffer, { bits, headerSize, colorCount }: BmpHeader) {
  const most = 2 ** bits;
  const count = colorCount === 0 ? most : Math.min(colorCount, most);
  const perByte = 8 / bits;
  return (row: number, x: number): Pixel => {
    const byte = bytes[row + Math.floor(x / perByte)] ?? 0;
    const index = (byte >> (8 - bits * ((x % perByte) + 1))) & (most - 1);
    const at = 14 + headerSize + Math.min(index, count - 1) * 4;
    return [bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0, 255];
  };
}

function pixelReader(bytes: Buffer, header: BmpHeader): (row: number, x: number) => Pixel {
  const { bits, compression, headerSize } = header;
  if (bits <= 8) return paletteReader(bytes, header);
  if (bits === 24)
    return (row, x) => [bytes[row + x * 3 + 2] ?? 0, bytes[row + x * 3 + 1] ?? 0, bytes[row + x * 3] ?? 0, 255];
  const plain = bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0xff00, 0xff, 0];
  const hasFields = compression !== 0;
  const alphaMask = hasFields && (headerSize >= 56 || compression === 6) ? bytes.readUInt32LE(66) : 0;
  const [r = 0, g = 0, b = 0] = hasFields ? [54, 58, 62].map((at) => bytes.readUInt32LE(at)) : plain;
  return (row, x) => {
    const value = bits === 16 ? bytes.readUInt16LE(row + x * 2) : bytes.readUInt32LE(row + x * 4);
    return [field(value, r), field(value, g), field(value, b), alphaMask === 0 ? 255 : field(value, alphaMask)];
  };
}

/** Throws RangeError where rows are missing. */
export function decodeBmp(bytes: Buffer, header: BmpHeader): RawPicture {
  const { width, height, bits, isTopDown, dataOffset } = header;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (dataOffset + rowBytes * (height - 1) + Math.ceil((width * bits) / 8) > bytes.length) {
    throw new RangeError('BMP: rows are missing');
  }
  const pixel = pixelReader(bytes, header);
  const data = Buffer.alloc(width * height * 4);
  let [hasAlpha, isAllClear] = [false, true];
  for (let y = 0; y < height; y += 1) {
    const row = dataOffset + (isTopDown ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1) {
      const [r, g, b, a] = pixel(row, x);
      const at = (y * width + x) * 4;
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
      data[at + 3] = a;
      if (a < 255) hasAlpha = true;
      if (a > 0) isAllClear = false;
    }
  }
  // An alpha that is nothing everywhere was never filled in: the picture is whole.
  if (isAllClear) for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height, data, hasAlpha: hasAlpha && !isAllClear };
}
