// The first script, before the first paint (inline scripts are forbidden): the remembered look, then the app, once its frame is painted.
const page = document.documentElement;
try {
  const stored = localStorage.getItem('mantine-color-scheme-value');
  const isLight = stored === 'light' || (stored === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  page.setAttribute('data-mantine-color-scheme', isLight ? 'light' : 'dark');
  // Whoever has been here before meets the shell, not the welcome: its frame is drawn at once.
  if (localStorage.getItem('restage.draft.v1') !== null) page.setAttribute('data-shell', '');
} catch {
  // Storage may be denied: dark stays.
}

/** Scripts come after the sheets: nothing is ever drawn without its style. */
function startApp() {
  const template = document.getElementById('app');
  if (!template) return;
  template.remove();
  const parts = document.importNode(template.content, true);
  const scripts = [...parts.querySelectorAll('script')];
  for (const script of scripts) script.remove();
  const sheets = [...parts.querySelectorAll('link[rel="stylesheet"]')].map(
    (sheet) =>
      new Promise((resolve) => {
        sheet.addEventListener('load', resolve);
        sheet.addEventListener('error', resolve);
      }),
  );
  document.head.append(parts);
  void Promise.all(sheets).then(() => document.head.append(...scripts));
}

document.addEventListener('DOMContentLoaded', () => {
  requestAnimationFrame(() => setTimeout(startApp));
  // A page in the background paints no frame.
  setTimeout(startApp, 100);
});
