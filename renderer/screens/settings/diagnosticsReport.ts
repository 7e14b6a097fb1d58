/** The report about this installation: versions and tools, but no folder of the person, and no key. Pure. */
import type { AppInfo } from '../../../shared/contract/app.ts';

/** A tool's text may begin with its path: only the file's name and the version go into a report. */
function withoutFolder(tool: string | null): string {
  return tool === null ? 'not found' : tool.replace(/^.*[/\\](?=[^/\\]+( \(|$))/, '');
}

export function diagnosticsReport({ version, platform, locale, tools, capabilities, notices }: AppInfo): string {
  return [
    `Restage ${version}`,
    `system: ${platform} (${locale})`,
    `ffmpeg: ${withoutFolder(tools.ffmpeg)} from ${tools.ffmpegSource ?? '-'}`,
    `ffprobe: ${withoutFolder(tools.ffprobe)} from ${tools.ffprobeSource ?? '-'}`,
    `capabilities: ${Object.entries(capabilities)
      .filter(([, has]) => has)
      .map(([name]) => name)
      .join(', ')}`,
    `notices: ${notices.map((notice) => notice.id).join(', ') || '-'}`,
    '',
  ].join('\n');
}
