/** `--image-crop`, `--image-pad`, `--image-background` and `--keep-metadata`: every way out that a message names, on the command line. */
import { describe, expect, it } from 'vitest';
import { ArgsError, parseArgs } from '../../../main/hosts/cli/args.ts';
import { imageEditOf } from '../../../main/hosts/cli/imageEdit.ts';
import { checkImage, planImage } from '../../../main/media/picture/imageRules.ts';
import { imageFacts } from '../../fixtures/mediaFacts.ts';

const wide = imageFacts({ width: 10_001, height: 4000 });
const editOf = (...flags: string[]) => imageEditOf(parseArgs(['check', '--image', 'a.jpg', ...flags]).flags, wide);
const ratioOf = (edit: ReturnType<typeof editOf>) =>
  checkImage(wide, edit).verdicts.find(({ rule }) => rule === 'image.ratio');

describe('P7: the ratio of an image', () => {
  it('P7: is told with enough digits to see on which side of the limit it lies', () => {
    expect(ratioOf(undefined)).toMatchObject({ state: 'blocked', params: { found: '2.5002:1', max: 2.5 } });
    const tall = checkImage(imageFacts({ width: 4000, height: 10_000_001 / 1000 })).verdicts;
    expect(tall.find(({ rule }) => rule === 'image.ratio')?.params?.found).not.toBe('1:2.5');
  });

  it('P7: is put right by a crop or a padding of the command line', () => {
    expect(editOf('--image-crop', '2:1')).toEqual({ crop: { x: 1000, y: 0, width: 8000, height: 4000 } });
    expect(ratioOf(editOf('--image-crop', '2:1'))?.state).toBe('pass');
    expect(editOf('--image-crop', '5000x4000+100+0')).toEqual({ crop: { x: 100, y: 0, width: 5000, height: 4000 } });
    expect(ratioOf(editOf('--image-pad', 'blur'))?.state).toBe('fixed');
    expect(planImage(wide, editOf('--image-pad', '#102030'))).toMatchObject({
      kind: 'convert',
      width: 10_001,
      height: 4001,
    });
  });
});

describe('P6 and P2: ground and metadata', () => {
  it('P6: a ground is chosen by colour, or left out', () => {
    expect(editOf('--image-background', '#00FF7f')).toEqual({ background: '#00FF7f' });
    expect(editOf('--image-background', 'transparent')).toEqual({ background: 'transparent' });
  });

  it('P2: metadata is kept only by a flag', () => {
    expect(editOf()).toBeUndefined();
    expect(editOf('--keep-metadata')).toEqual({ keepMetadata: true });
  });

  it.each([
    ['--image-pad', 'red'],
    ['--image-background', 'blur'],
    ['--image-crop', 'wide'],
  ])('P7: %s %s is refused with its form', (flag, value) => {
    expect(() => parseArgs(['check', '--image', 'a.jpg', flag, value])).toThrow(ArgsError);
  });
});
