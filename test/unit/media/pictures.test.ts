/** From packets to pictures: fields that are one picture, clocks that begin anew, starts that nobody can decode. */
import { describe, expect, it } from 'vitest';
import { type Packet, type PacketRead, parsePacketLine } from '../../../main/media/facts/packets.ts';
import { type DecodedHead, findClockJump, joinFields, toPictures } from '../../../main/media/facts/pictures.ts';
import { measureRate } from '../../../main/media/facts/rate.ts';

const packet = (pts: number | null, changes: Partial<Packet> = {}): Packet => ({
  ...{ pts, dts: pts, duration: 0.02, isKeyframe: false, endByte: null },
  ...changes,
});
const read = (pictures: Packet[]): PacketRead => ({ pictures, hiddenCount: 0, sounds: new Map(), isWhole: true });
const head = (stamps: (number | null)[], isWhole = false): DecodedHead => ({
  ...{ stampsSeconds: stamps, isKeyframe: stamps.map(() => false), isWhole },
});
const steps = (count: number, step: number) => Array.from({ length: count }, (_, i) => i * step);

describe('V10: two fields that are one picture', () => {
  const frames = steps(50, 0.04);
  const fields = frames.flatMap((at) => [packet(at, { isKeyframe: at === 0 }), packet(at + 0.02)]);

  it('count once, where both carry a time', () => {
    const pictures = toPictures(read(fields), head(frames));
    expect(pictures.ptsSeconds).toEqual(frames);
    expect(measureRate(pictures.ptsSeconds, [])).toEqual({ rate: { num: 25, den: 1 }, isConstant: true });
    expect(pictures.lastDurationSeconds).toBeCloseTo(0.04);
  });

  it('count once, where the second carries none', () => {
    const half = frames.flatMap((at) => [packet(at), packet(null, { dts: at + 0.02 })]);
    const pictures = toPictures(read(half), head(frames));
    expect(pictures).toMatchObject({ ptsSeconds: frames, isStampedByOrder: false });
  });

  it('stay two where every second one is a picture of its own', () => {
    const mixed = [packet(0), packet(0.02), packet(0.04), packet(0.08), packet(0.1)];
    expect(joinFields(mixed, 0.04).map(({ pts }) => pts)).toEqual([0, 0.04, 0.08]);
    const whole = frames.map((at) => packet(at));
    expect(toPictures(read(whole), head(frames)).ptsSeconds).toEqual(frames);
  });
});

describe('V3: the clock of a file', () => {
  it('begins anew: found where it does, by how much', () => {
    const joined = [...steps(100, 0.04), ...steps(100, 0.04)].map((at) => packet(1.4 + at));
    const jump = findClockJump(joined, 'mpegts');
    expect(jump?.atSeconds).toBeCloseTo(3.96);
    expect(jump?.bySeconds).toBeCloseTo(-3.96);
  });

  it('leaps ahead: another recording in a stream, a picture that is held in a file', () => {
    const held = [packet(0), packet(0.04), packet(60), packet(60.04)];
    expect(findClockJump(held, 'mpegts')?.bySeconds).toBeCloseTo(59.96);
    expect(findClockJump(held, 'mp4')).toBeNull();
  });

  it('runs through pictures that are stored before they are shown', () => {
    const reordered = [0, 0.12, 0.04, 0.08, 0.24].map((pts, i) => packet(pts, { dts: i * 0.04 }));
    expect(findClockJump(reordered, 'mpegts')).toBeNull();
    expect(
      findClockJump(
        reordered.map((one) => ({ ...one, dts: null })),
        'matroska',
      ),
    ).toBeNull();
  });
});

describe('what a decoder gives out', () => {
  it('V11: leaves out what comes before the first decodable picture', () => {
    const pictures = toPictures(read(steps(10, 0.04).map((at) => packet(at))), head([0.16, 0.2]));
    expect(pictures.ptsSeconds[0]).toBeCloseTo(0.16);
    expect(pictures.undecodableCount).toBe(4);
  });

  it('V4: counts its pictures where packets carry the order of decoding alone', () => {
    const order = steps(5, 0.04).map((dts) => packet(null, { dts }));
    const pictures = toPictures(read(order), head([0.04, 0.08, null, 0.16, 0.2, 0.24], true));
    expect(pictures.ptsSeconds.map((at) => Number(at.toFixed(2)))).toEqual([0.04, 0.08, 0.12, 0.16, 0.2, 0.24]);
    expect(pictures.isStampedByOrder).toBe(true);
  });
});

it('reads ffprobe’s line whatever is missing in it', () => {
  expect(parsePacketLine('0,1.5,N/A,0.04,100,2000,K_,')).toEqual({
    stream: 0,
    packet: { pts: 1.5, dts: null, duration: 0.04, isKeyframe: true, endByte: 2100 },
    isHidden: false,
  });
  expect(parsePacketLine('1,N/A,2,N/A,100,N/A,_D').isHidden).toBe(true);
});
