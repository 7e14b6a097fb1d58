/** H.264 whose pictures lie in two fields of their own (PAFF), written bit by bit: no encoder that is at hand makes any. */

/** Macroblocks across and down; a field has half of the rows. */
const [ACROSS, DOWN] = [24, 22];
const BITS = 12;
/** Of 128: one coefficient at the coarsest step is worth 14. */
const STEPS = 7;

class BitWriter {
  readonly #bits: number[] = [];

  put(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
    return this;
  }

  /** Exp-Golomb. */
  ue(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.put(0, length).put(value + 1, length + 1);
  }

  se(value: number): this {
    return this.ue(value > 0 ? value * 2 - 1 : -value * 2);
  }

  /** One NAL unit with its start code: stop bit, whole bytes, and no start code inside. */
  unit(header: number): Buffer {
    const bits = [...this.#bits, 1];
    while (bits.length % 8 !== 0) bits.push(0);
    const bytes = [0, 0, 0, 1, header];
    let zeros = 0;
    for (let at = 0; at < bits.length; at += 8) {
      const byte = bits.slice(at, at + 8).reduce((sum, bit) => sum * 2 + bit, 0);
      if (zeros >= 2 && byte <= 3) {
        bytes.push(3);
        zeros = 0;
      }
      bytes.push(byte);
      zeros = byte === 0 ? zeros + 1 : 0;
    }
    return Buffer.from(bytes);
  }
}

/** Main profile, 384 × 352, fields allowed, 25 pictures a second. */
const sequence = () =>
  new BitWriter()
    .put(77, 8)
    .put(0, 8)
    .put(30, 8)
    .ue(0)
    .ue(0) // frame_num in 4 bits
    .ue(0)
    .ue(0) // order of showing in 4 bits
    .ue(2)
    .put(0, 1)
    .ue(ACROSS - 1)
    .ue(DOWN / 2 - 1)
    .put(0b0010, 4) // not frames alone, no mixing inside of a frame, 8×8 inference, no cropping
    .put(1, 1)
    .put(0, 4) // no aspect, overscan, signal type, chroma place
    .put(1, 1)
    .put(1, 32)
    .put(50, 32)
    .put(1, 1) // the clock counts fields, and holds
    .put(0, 4)
    .unit(0x67);

const parameters = () =>
  new BitWriter()
    .ue(0)
    .ue(0)
    .put(0, 2)
    .ue(0)
    .ue(0)
    .ue(0)
    .put(0, 3)
    .se(25) // the coarsest step: 26 + 25
    .se(0)
    .se(0)
    .put(0b100, 3) // deblocking is told in each slice
    .unit(0x68);

/** One macroblock as a slice of its own: nothing is predicted, so grey is 128. */
function block(place: number, level: number, { isBottom, picture }: { isBottom: boolean; picture: number }): Buffer {
  const slice = new BitWriter().ue(place).ue(7).ue(0).put(0, 4).put(1, 1).put(Number(isBottom), 1);
  if (!isBottom) slice.ue(picture % 2);
  slice.put(Number(isBottom), 4);
  // How references are kept: an IDR's two flags, or one.
  slice
    .put(0, isBottom ? 1 : 2)
    .se(0)
    .ue(1);
  // Intra 16×16, flat, no coefficient but the first one.
  slice.ue(3).ue(0).se(0);
  if (level === 0) slice.put(1, 1);
  // One coefficient, no trailing one; its size in zeros; none between.
  else
    slice
      .put(0b000101, 6)
      .put(0, level > 0 ? level * 2 - 4 : -level * 2 - 3)
      .put(1, 1)
      .put(1, 1);
  return slice.unit(isBottom ? 0x61 : 0x65);
}

/** The number in twelve white or black blocks across the middle, as all drawn clips have it. */
function levelAt(place: number, number: number): number {
  const [x, y] = [place % ACROSS, Math.floor(place / ACROSS)];
  if (y < 3 || y >= 8) return 0;
  const bit = Math.floor(x / (ACROSS / BITS));
  return Math.floor(number / 2 ** bit) % 2 === 1 ? STEPS : -STEPS;
}

/** An elementary stream of so many pictures. */
export function fieldCodedH264(pictures: number): Buffer {
  const units = [];
  for (let picture = 0; picture < pictures; picture += 1) {
    units.push(sequence(), parameters());
    for (const isBottom of [false, true]) {
      for (let place = 0; place < (ACROSS * DOWN) / 2; place += 1) {
        units.push(block(place, levelAt(place, picture), { isBottom, picture }));
      }
    }
  }
  return Buffer.concat(units);
}
