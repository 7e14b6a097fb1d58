/** What the player is doing, for everything that draws beside it (timeline, timecode, keys). Positions are ticks of the clip's clock. */
import { create } from 'zustand';

export interface PlayerControls {
  seek(position: number): void;
  /** For a pointer on the move: the position follows at once, the picture as it can, and the last one always comes. */
  scrub(position: number): void;
  step(frames: number): void;
  /** 0 stops; negative plays backwards. */
  play(speed: number): void;
  toggle(): void;
}

export interface TimelineControls {
  /** Under 1 zooms in, around the playhead. */
  zoom(factor: number): void;
  showAll(): void;
}

interface PlayerState {
  position: number;
  speed: number;
  isLooping: boolean;
  isGoToOpen: boolean;
  /** What lies over the picture; null: nothing. */
  tool: 'crop' | 'framing' | null;
  controls: PlayerControls | null;
  timeline: TimelineControls | null;
}

export const usePlayerStore = create<PlayerState>()(() => ({
  position: 0,
  speed: 0,
  isLooping: true,
  isGoToOpen: false,
  tool: null,
  controls: null,
  timeline: null,
}));

/** Opens a tool over the picture, or puts it away. */
export function toggleTool(tool: NonNullable<PlayerState['tool']>): void {
  usePlayerStore.setState((state) => ({ tool: state.tool === tool ? null : tool }));
}

/** J, K and L as editors know them: each further press in a direction doubles the speed, the other direction turns round. */
export function nextSpeed(current: number, direction: 1 | -1): number {
  if (Math.sign(current) !== direction) return direction;
  return direction * Math.min(8, Math.abs(current) * 2);
}
