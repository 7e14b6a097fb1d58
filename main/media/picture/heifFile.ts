/** The boxes of HEIC and AVIF that decoders do not hand out: colours of the main picture, and what comes along. Bounded. */

import type { PrivateKind } from '../../../shared/contract/imageInside.ts';
import type { Cicp } from './colours.ts';
import { readExif, readXmp } from './exif.ts';

export interface HeifFile {
  icc: Buffer | null;
  cicp: Cicp | null;
  /** Its place among the pictures that decoders list: main picture first or not. */
  primaryIndex: number;
  /** As stored, before turning. */
  width: number;
  height: number;
  kinds: ReadonlySet<PrivateKind>;
}

interface Box {
  type: string;
  body: Buffer;
}

const MAX_BOXES = 10_000;

function boxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + 8 <= bytes.length && boxes.length < MAX_BOXES) {
    const small = bytes.readUInt32BE(at);
    const isLarge = small === 1 && at + 16 <= bytes.length;
    const size = small === 0 ? bytes.length - at : isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : small;
    const head = isLarge ? 16 : 8;
    if (size < head) break;
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + head, at + size) });
    at += size;
  }
  return boxes;
}

const find = (boxes: readonly Box[], type: string) => boxes.find((box) => box.type === type)?.body ?? null;
/** Version and flags come first. */
const inFull = (body: Buffer | null, skip = 4) => (body ? boxesOf(body.subarray(skip)) : []);
const uint = (bytes: Buffer, at: number, size: number) =>
  size > 0 && size <= 6 && at + size <= bytes.length
    ? bytes.readUIntBE(at, size)
    : size === 8
      ? Number(bytes.readBigUInt64BE(at))
      : 0;

interface Item {
  id: number;
  type: string;
  contentType: string;
  isHidden: boolean;
}

function itemsOf(iinf: Buffer | null): Item[] {
  if (!iinf || iinf.length < 6) return [];
  return inFull(iinf, iinf[0] === 0 ? 6 : 8).flatMap(({ type, body }) => {
    const version = body[0] ?? 0;
    const wide = version >= 3 ? 4 : 2;
    if (type !== 'infe' || version < 2 || body.length < 10 + wide) return [];
    const at = 4 + wide + 2;
    const rest = body.toString('latin1', at + 4).split('\0');
    return [
      {
        id: uint(body, 4, wide),
        type: body.toString('latin1', at, at + 4),
        contentType: rest[1] ?? '',
        isHidden: ((body[3] ?? 0) & 1) === 1,
      },
    ];
  });
}

interface Reference {
  type: string;
  from: number;
}

function referencesOf(iref: Buffer | null): Reference[] {
  const wide = iref?.[0] === 0 ? 2 : 4;
  return inFull(iref).map(({ type, body }) => ({ type, from: uint(body, 0, wide) }));
}

/** Numbers (from 1) of the properties of each item. */
function associationsOf(ipma: Buffer | null): Map<number, number[]> {
  const found = new Map<number, number[]>();
  if (!ipma || ipma.length < 8) return found;
  const [wide, isLong] = [(ipma[0] ?? 0) < 1 ? 2 : 4, ((ipma[3] ?? 0) & 1) === 1];
  let at = 8;
  for (let i = 0; i < Math.min(ipma.readUInt32BE(4), MAX_BOXES) && at + wide < ipma.length; i += 1) {
    const id = uint(ipma, at, wide);
    const count = ipma[at + wide] ?? 0;
    at += wide + 1;
    const size = isLong ? 2 : 1;
    found.set(
      id,
      Array.from({ length: count }, (_, n) => uint(ipma, at + n * size, size) & (isLong ? 0x7fff : 0x7f)),
    );
    at += count * size;
  }
  return found;
}

/** The bytes of an item that lies in one piece of the file itself. */
function itemData(bytes: Buffer, iloc: Buffer | null, wanted: number): Buffer | null {
  if (!iloc || iloc.length < 8) return null;
  const version = iloc[0] ?? 0;
  const [a = 0, b = 0] = [iloc[4], iloc[5]];
  const [offsetSize, lengthSize, baseSize, indexSize] = [a >> 4, a & 15, b >> 4, version > 0 ? b & 15 : 0];
  const wide = version < 2 ? 2 : 4;
  let at = 6 + wide;
  for (let i = 0; i < Math.min(uint(iloc, 6, wide), MAX_BOXES) && at < iloc.length; i += 1) {
    const id = uint(iloc, at, wide);
    at += wide;
    const method = version > 0 ? uint(iloc, at, 2) & 15 : 0;
    at += (version > 0 ? 2 : 0) + 2;
    const base = uint(iloc, at, baseSize);
    const count = uint(iloc, at + baseSize, 2);
    at += baseSize + 2;
    const from = base + uint(iloc, at + indexSize, offsetSize);
    const length = uint(iloc, at + indexSize + offsetSize, lengthSize);
    if (id === wanted) return method === 0 && count === 1 ? bytes.subarray(from, from + length) : null;
    at += count * (indexSize + offsetSize + lengthSize);
  }
  return null;
}

function kindsOf(bytes: Buffer, items: readonly Item[], iloc: Buffer | null, references: readonly Reference[]) {
  const kinds = new Set<PrivateKind>();
  for (const { id, type, contentType } of items) {
    const data = ['Exif', 'mime'].includes(type) ? itemData(bytes, iloc, id) : null;
    if (type === 'Exif' && data && data.length > 8) {
      const skip = 4 + Math.min(data.readUInt32BE(0), data.length - 4);
      for (const kind of readExif(data.subarray(skip)).kinds) kinds.add(kind);
    } else if (type === 'mime') {
      const isXmp = contentType.includes('rdf') || contentType.includes('xml');
      if (isXmp && data) for (const kind of readXmp(data.toString('latin1'))) kinds.add(kind);
      else kinds.add('text');
    }
  }
  if (references.some(({ type }) => type === 'thmb')) kinds.add('preview');
  return kinds;
}

/** Null: no such file. Throws RangeError where its numbers point nowhere; the caller calls that damaged. */
export function readHeif(bytes: Buffer): HeifFile | null {
  const meta = inFull(find(boxesOf(bytes), 'meta'));
  if (meta.length === 0) return null;
  const pitm = find(meta, 'pitm');
  const primary = pitm ? uint(pitm, 4, pitm[0] === 0 ? 2 : 4) : 0;
  const [items, references] = [itemsOf(find(meta, 'iinf')), referencesOf(find(meta, 'iref'))];
  const properties = boxesOf(find(meta, 'iprp') ?? Buffer.alloc(0));
  const all = boxesOf(find(properties, 'ipco') ?? Buffer.alloc(0));
  const numbers = associationsOf(find(properties, 'ipma')).get(primary) ?? [];
  const own = numbers.flatMap((n) => all[n - 1] ?? []);
  const colours = own.filter(({ type }) => type === 'colr').map(({ body }) => body);
  const typeOf = (body: Buffer) => body.toString('latin1', 0, 4);
  const icc = colours.find((body) => ['prof', 'rICC'].includes(typeOf(body)));
  const nclx = colours.find((body) => typeOf(body) === 'nclx' && body.length >= 10);
  const ispe = own.find(({ type }) => type === 'ispe')?.body;
  const below = new Set(
    references.filter(({ type }) => ['thmb', 'auxl', 'cdsc'].includes(type)).map(({ from }) => from),
  );
  const shown = items.filter(
    (item) => !item.isHidden && !below.has(item.id) && !['Exif', 'mime', 'uri '].includes(item.type),
  );
  const iloc = find(meta, 'iloc');
  return {
    icc: icc ? icc.subarray(4) : null,
    cicp: nclx ? { primaries: nclx.readUInt16BE(4), transfer: nclx.readUInt16BE(6) } : null,
    primaryIndex: Math.max(
      0,
      shown
        .map(({ id }) => id)
        .sort((a, b) => a - b)
        .indexOf(primary),
    ),
    width: ispe && ispe.length >= 12 ? ispe.readUInt32BE(4) : 0,
    height: ispe && ispe.length >= 12 ? ispe.readUInt32BE(8) : 0,
    kinds: kindsOf(bytes, items, iloc, references),
  };
}
