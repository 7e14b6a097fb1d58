/** The sandbox's command line and its mark, without running anything. */
import { describe, expect, it } from 'vitest';
import { sandboxMark } from '../../../main/sandbox/mark.ts';
import { renderArgs } from '../../../main/sandbox/rendering.ts';

const options = {
  referencePath: '/x/-ref',
  imagePath: '/x/img',
  markPath: '/x/mark.pam',
  outputPath: '/x/out.mp4.part',
  quality: '720p' as const,
  seconds: 3.5,
  frameRate: '30000/1001',
  keepSound: true,
};

describe('renderArgs', () => {
  it('reads files only, and writes at most the seconds it was given', () => {
    const args = renderArgs(options);
    expect(args.filter((arg) => arg === '-i')).toHaveLength(3);
    expect(args.filter((arg) => arg.startsWith('file:/x/'))).toHaveLength(3);
    expect(args[args.indexOf('-t') + 1]).toBe('3.500000');
    expect(args.at(-1)).toBe('/x/out.mp4.part');
    expect(args.join(' ')).toContain("w='if(gte(iw,ih),-2,720)'");
  });

  it('maps sound only when it is kept', () => {
    expect(renderArgs(options)).toContain('0:a:0');
    const silent = renderArgs({ ...options, keepSound: false });
    expect(silent).toContain('-an');
    expect(silent).not.toContain('0:a:0');
  });
});

describe('sandboxMark', () => {
  it('is a PAM picture whose letters can be read', () => {
    const dot = 3;
    const mark = sandboxMark(dot);
    const headEnd = mark.indexOf('ENDHDR\n') + 7;
    const width = Number(/WIDTH (\d+)/.exec(mark.toString('latin1'))?.[1]);
    const height = Number(/HEIGHT (\d+)/.exec(mark.toString('latin1'))?.[1]);
    expect(mark.length).toBe(headEnd + width * height * 4);
    const rows = Array.from({ length: height / dot }, (_, y) =>
      Array.from({ length: width / dot }, (_, x) =>
        mark[headEnd + (y * dot * width + x * dot) * 4] === 255 ? '#' : '.',
      ).join(''),
    );
    expect(rows.slice(2, 9).map((row) => row.slice(2, 13))).toEqual([
      '.####..###.',
      '#.....#...#',
      '#.....#...#',
      '.###..#####',
      '....#.#...#',
      '....#.#...#',
      '####..#...#',
    ]);
  });
});
