/** Types of nativeFiles.mjs for the tests. */
interface NativeKind {
  platform: 'linux' | 'darwin' | 'win32';
  arches: string[];
}
export function nativeKind(file: string): NativeKind | null;
export function foreignNatives(
  folders: readonly string[],
  target: Readonly<{ platformName: string; arch: string }>,
): string[];
