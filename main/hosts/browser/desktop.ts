/** Asks the desktop to show a file or open a link, each system in its own way; only where there is a desktop. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { childEnvironment } from '../../childEnvironment.ts';
import { isAllowedLink } from '../externalLinks.ts';

export interface DesktopCommand {
  command: string;
  args: string[];
}

/** Pure. Only links of the allow-list; Windows' Explorer takes them as an argument, without a shell. */
export function openLinkCommand(url: string, platform: NodeJS.Platform): DesktopCommand | null {
  if (!isAllowedLink(url)) return null;
  if (platform === 'darwin') return { command: 'open', args: [url] };
  if (platform === 'win32') return { command: 'explorer.exe', args: [url] };
  return { command: 'xdg-open', args: [url] };
}

/** Pure. Linux desktops have no common way to mark the file: its folder is opened. */
export function revealCommand(file: string, platform: NodeJS.Platform): DesktopCommand {
  if (platform === 'darwin') return { command: 'open', args: ['-R', file] };
  if (platform === 'win32') return { command: 'explorer.exe', args: [`/select,${file}`] };
  return { command: 'xdg-open', args: [path.dirname(file)] };
}

export function runDesktopCommand(wanted: DesktopCommand | null): void {
  if (wanted === null) return;
  const child = spawn(wanted.command, wanted.args, {
    stdio: 'ignore',
    detached: true,
    env: childEnvironment(process.env, 'desktop'),
  });
  child.on('error', () => {}); // no such tool on this desktop: nothing opens, and nothing breaks
  child.unref();
}
