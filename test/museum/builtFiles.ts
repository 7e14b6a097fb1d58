/** Files that no encoder at hand writes, made from ones that it does: packed B-frames, and a second view beside the first. */

interface Chunk {
  id: string;
  data: Buffer;
}

function* riffChunks(data: Buffer, from: number, to: number): Generator<Chunk & { end: number }> {
  for (let at = from; at + 8 <= to; ) {
    const size = data.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    yield { id: data.toString('latin1', at, at + 4), data: data.subarray(at + 8, at + 8 + size), end };
    at = end;
  }
}

function riffChunk(id: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

const VOP = Buffer.from([0, 0, 1, 0xb6]);
/** "Nothing new": what stands in the place of the picture that went into the chunk before. */
const notCoded = Buffer.from([0, 0, 1, 0xb6, 0x50, 0x4f]);
const isB = (picture: Buffer) => ((picture[picture.indexOf(VOP) + 4] ?? 0) & 0xc0) === 0x80;

/** The name by which decoders know that B-frames may be packed [MPEG-4 Part 2, user_data; DivX 5]. */
function namedDivx(picture: Buffer): Buffer {
  const words = picture.indexOf(Buffer.from([0, 0, 1, 0xb2]));
  const after = picture.indexOf(Buffer.from([0, 0, 1]), words + 4);
  return Buffer.concat([picture.subarray(0, words + 4), Buffer.from('DivX503b1393p'), picture.subarray(after)]);
}

/** MPEG-4 in AVI with each B-frame in the chunk of the picture before it, as DivX 5 wrote it. */
export function withPackedBFrames(avi: Buffer): Buffer {
  const top = [...riffChunks(avi, 12, avi.length)];
  const movi = top.find(({ id, data }) => id === 'LIST' && data.toString('latin1', 0, 4) === 'movi');
  const oldIndex = top.find(({ id }) => id === 'idx1')?.data;
  if (!movi || !oldIndex) throw new Error('no AVI with an index');
  const chunks = [...riffChunks(movi.data, 4, movi.data.length)];
  const pictures = chunks.flatMap(({ id, data }) => (id === '00dc' ? [data] : []));
  let n = 0;
  const packed = chunks.map(({ id, data }): Chunk => {
    if (id !== '00dc') return { id, data };
    const [own, next] = [n === 0 ? namedDivx(data) : data, pictures[n + 1]];
    n += 1;
    const takesNext = next !== undefined && isB(next);
    if (!isB(own)) return { id, data: takesNext ? Buffer.concat([own, next]) : own };
    return { id, data: takesNext ? next : notCoded };
  });
  const index = Buffer.from(oldIndex);
  let offset = 4;
  packed.forEach(({ data }, at) => {
    index.writeUInt32LE(offset, at * 16 + 8);
    index.writeUInt32LE(data.length, at * 16 + 12);
    offset += 8 + data.length + (data.length % 2);
  });
  const body = top.map(({ id, data }) => {
    if (id === 'idx1') return riffChunk(id, index);
    if (data !== movi.data) return riffChunk(id, data);
    return riffChunk('LIST', Buffer.concat([Buffer.from('movi'), ...packed.map((one) => riffChunk(one.id, one.data))]));
  });
  return riffChunk('RIFF', Buffer.concat([Buffer.from('AVI '), ...body]));
}

/** The units of a sample, each with its length before it, and after each slice the same one as of a second layer [H.265, 7.4.2.2, nuh_layer_id]. */
function inTwoLayers(sample: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < sample.length; ) {
    const end = at + 4 + sample.readUInt32BE(at);
    const unit = sample.subarray(at, end);
    parts.push(unit);
    if (((unit[4] ?? 0) >> 1) % 64 < 32) {
      const other = Buffer.from(unit);
      other[5] = ((other[5] ?? 0) & 0b111) | (1 << 3);
      parts.push(other);
    }
    at = end;
  }
  return Buffer.concat(parts);
}

/** HEVC in MP4 with a second view in every sample: decoders of one view pass it over. One track, one sample behind the other, the index behind them. */
export function withSecondView(file: Buffer): Buffer {
  const placeOf = (type: string) => file.indexOf(type, 0, 'latin1') + 4;
  const [sizesAt, chunksAt, mediaAt] = [placeOf('stsz') + 12, placeOf('stco') + 8, placeOf('mdat')];
  const count = file.readUInt32BE(sizesAt - 4);
  const index = Buffer.from(file);
  const firstAt = file.readUInt32BE(chunksAt);
  const samples: Buffer[] = [];
  /** Old place → how far it moves. */
  const moved = new Map<number, number>();
  let [at, growth] = [firstAt, 0];
  for (let n = 0; n < count; n += 1) {
    const end = at + file.readUInt32BE(sizesAt + n * 4);
    const both = inTwoLayers(file.subarray(at, end));
    moved.set(at, growth);
    samples.push(both);
    index.writeUInt32BE(both.length, sizesAt + n * 4);
    growth += both.length - (end - at);
    at = end;
  }
  for (let n = 0; n < file.readUInt32BE(chunksAt - 4); n += 1) {
    const old = file.readUInt32BE(chunksAt + n * 4);
    index.writeUInt32BE(old + (moved.get(old) ?? 0), chunksAt + n * 4);
  }
  index.writeUInt32BE(file.readUInt32BE(mediaAt - 8) + growth, mediaAt - 8);
  return Buffer.concat([index.subarray(0, firstAt), ...samples, index.subarray(at)]);
}
