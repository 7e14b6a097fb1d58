/** The bodies on the wire, against the reference's own examples: any change of a byte shows here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { elementBody, motionBody } from '../../../main/evolink/requests.ts';
import type { MotionBodyInput } from '../../../main/services.ts';

const fixture = (name: string): string => {
  const file = path.join(import.meta.dirname, '../../fixtures/evolink', `${name}.json`);
  return JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
};

const base: MotionBodyInput = {
  imageUrl: 'https://example.com/character.jpg',
  videoUrl: 'https://example.com/motion.mp4',
  prompt: '',
  quality: '1080p',
  orientation: 'video',
  keepSound: false,
  watermark: false,
};

describe('motionBody', () => {
  it('writes the 720p example: image orientation, sound, prompt', () => {
    const prompt = 'A girl wearing a gray loose T-shirt and denim shorts';
    const body = motionBody({ ...base, prompt, quality: '720p', orientation: 'image', keepSound: true });
    expect(body).toBe(fixture('motion-720p-image-sound'));
  });

  it('writes the 1080p example: video orientation, muted, element 12345', () => {
    expect(motionBody({ ...base, elementId: '12345' })).toBe(fixture('motion-1080p-video-muted-element'));
  });

  it('sends the callback only when there is one, and the watermark as asked', () => {
    expect(JSON.parse(motionBody(base))).not.toHaveProperty('callback_url');
    const body = JSON.parse(motionBody({ ...base, watermark: true, callbackUrl: 'https://example.com/done' }));
    expect(body.callback_url).toBe('https://example.com/done');
    expect(body.model_params.watermark_info).toEqual({ enabled: true });
  });
});

describe('elementBody', () => {
  it('has name, description and the clip, and none of the video fields', () => {
    const body = elementBody({
      videoUrl: 'https://example.com/face.mp4',
      name: 'Mika',
      description: 'A dancer in a red coat',
      callbackUrl: 'https://example.com/done',
    });
    expect(body).toBe(fixture('element'));
  });
});
