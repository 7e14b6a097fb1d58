/** All clips of the museum. */
import { clipBuiltKinds } from './clipBuiltKinds.ts';
import { clipClockKinds } from './clipClockKinds.ts';
import { clipCodecKinds } from './clipCodecKinds.ts';
import { clipFaultKinds } from './clipFaultKinds.ts';
import { clipPictureKinds } from './clipPictureKinds.ts';
import { clipSoundKinds } from './clipSoundKinds.ts';
import type { ClipKind } from './kinds.ts';

export const clipKinds: readonly ClipKind[] = [
  ...clipCodecKinds,
  ...clipClockKinds,
  ...clipPictureKinds,
  ...clipSoundKinds,
  ...clipFaultKinds,
  ...clipBuiltKinds,
];
