/**
 * The environment of every process that Restage starts: an allow-list, so that a key, or whatever else a person's shell holds,
 * never reaches a program that has no use for it. The only place that decides it.
 */

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `media` ffmpeg and ffprobe · `self` further processes of this program (image worker, sandbox) · `desktop` programs of the
 * person's own desktop (the browser of the window, the opener of links and folders).
 */
export type ChildKind = 'media' | 'self' | 'desktop';

/** Where programs, libraries, fonts and temporary files are found, and the language; without these nothing starts anywhere. */
const common = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'LANGUAGE', 'LC_*'],
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'FONTCONFIG_*', 'XDG_RUNTIME_DIR', '__CF_USER_TEXT_ENCODING'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'OS', 'NUMBER_OF_PROCESSORS', 'PROCESSOR_*'],
  ...['USERPROFILE', 'USERNAME', 'HOMEDRIVE', 'HOMEPATH', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES*'],
];

const more: Readonly<Record<ChildKind, readonly string[]>> = {
  media: [],
  // NODE_OPTIONS holds for this process as well: a debugger or a guard that watches it watches its helpers too.
  self: [
    'RESTAGE_*',
    'NODE_OPTIONS',
    'NODE_V8_COVERAGE',
    'NODE_COMPILE_CACHE',
    'ELECTRON_RUN_AS_NODE',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
  ],
  desktop: [
    ...['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'DBUS_*', 'XDG_*', 'DESKTOP_SESSION', 'GDMSESSION', 'KDE_*'],
    ...['GNOME_*', 'GTK_*', 'GDK_*', 'QT_*', 'XCURSOR_*', 'LIBGL_*', 'MESA_*', 'CHROME_*', 'SESSION_MANAGER'],
    // A browser that is opened for a link needs the way out of the house; proxies are asked for in both spellings.
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'BROWSER', 'SNAP*', 'FLATPAK*'],
  ],
};

/** What of `env` a child of this kind gets. Names are compared without case: Windows spells `Path`, proxies come in lower case. */
export function childEnvironment(env: Env, kind: ChildKind): Record<string, string> {
  const allowed = [...common, ...more[kind]];
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && allowed.some((name) => isNamed(entry[0], name)),
    ),
  );
}

function isNamed(name: string, pattern: string): boolean {
  const upper = name.toUpperCase();
  return pattern.endsWith('*') ? upper.startsWith(pattern.slice(0, -1)) : upper === pattern;
}
