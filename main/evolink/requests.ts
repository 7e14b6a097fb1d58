/** The exact JSON bodies of the generation endpoint: written once, stored, and sent byte for byte. */
import type { ElementBodyInput, MotionBodyInput } from '../services.ts';

export const motionModel = 'kling-v3-motion-control';
export const elementModel = 'kling-custom-element';

export function motionBody(input: MotionBodyInput): string {
  return JSON.stringify({
    model: motionModel,
    ...(input.prompt === '' ? {} : { prompt: input.prompt }),
    image_urls: [input.imageUrl],
    video_urls: [input.videoUrl],
    quality: input.quality,
    model_params: {
      character_orientation: input.orientation,
      keep_sound: input.keepSound,
      ...(input.elementId === undefined ? {} : { element_list: [{ element_id: input.elementId }] }),
      // No default is stated: said either way, so that no result is marked by surprise.
      watermark_info: { enabled: input.watermark },
    },
    ...(input.callbackUrl === undefined ? {} : { callback_url: input.callbackUrl }),
  });
}

export function elementBody(input: ElementBodyInput): string {
  return JSON.stringify({
    model: elementModel,
    model_params: {
      element_name: input.name,
      element_description: input.description,
      reference_type: 'video_refer',
      element_video_list: { video_url: input.videoUrl },
    },
    ...(input.callbackUrl === undefined ? {} : { callback_url: input.callbackUrl }),
  });
}
