/** Where the window was and how: kept beside the profile's settings, and brought back onto a display when its own is gone. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';

interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Size {
  width: number;
  height: number;
}
const side = z.number().int().min(-100_000).max(100_000);
const stateSchema = z.object({
  bounds: z.object({ x: side, y: side, width: side.min(1), height: side.min(1) }),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

const usualSize = { width: 1400, height: 900 };
/** 1080p at 150 % leaves 680 points of height beside a taskbar. */
export const leastSize = { width: 1024, height: 600 } as const;
/** So much of the title bar must be within reach. */
const graspable = { width: 120, height: 30 } as const;

const fileOf = (profileDir: string) => path.join(profileDir, 'window.json');

export function readWindowState(profileDir: string): WindowState | null {
  try {
    const read = stateSchema.safeParse(JSON.parse(readFileSync(fileOf(profileDir), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null; // the first start, or a file that was damaged: the usual place
  }
}

/** Written as the window closes. */
export function keepWindowState(window: BrowserWindow, profileDir: string): void {
  window.on('close', () => {
    const state: WindowState = {
      bounds: window.getNormalBounds(),
      isMaximized: window.isMaximized(),
      isFullScreen: window.isFullScreen(),
    };
    try {
      const part = `${fileOf(profileDir)}.part`;
      writeFileSync(part, JSON.stringify(state), { mode: 0o600 });
      renameSync(part, fileOf(profileDir));
    } catch {
      // A full disk: the window will be where it is by default.
    }
  });
}

export const workAreas = (): Rect[] => {
  const [first, ...others] = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()];
  return first ? [first.workArea, ...others.map(({ workArea }) => workArea)] : [];
};

/** Pure. `areas`: of the displays, the primary one first. A window that no display shows any more goes to the middle of the primary one. */
export function rescueBounds(kept: Rect | null, areas: readonly Rect[]): Partial<Rect> & Size {
  const [primary] = areas;
  if (!primary) return { ...usualSize };
  const home = kept ? areas.find((area) => isGraspable(kept, area)) : undefined;
  const area = home ?? primary;
  const width = Math.min(kept?.width ?? usualSize.width, area.width);
  const height = Math.min(kept?.height ?? usualSize.height, area.height);
  if (!kept) return { width, height };
  const x = home ? kept.x : Math.round(area.x + (area.width - width) / 2);
  const y = home ? Math.max(kept.y, area.y) : Math.round(area.y + (area.height - height) / 2);
  return { x, y, width, height };
}

function isGraspable(bounds: Rect, area: Rect): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const isTopInside = bounds.y > area.y - graspable.height && bounds.y < area.y + area.height - graspable.height;
  return across >= graspable.width && isTopInside;
}
