// Deferred, so that the frame is painted without it: the colour scheme that the page remembers, then the app itself.
const page = document.documentElement;

// The one door for texts that become markup (the policy of the page asks for it): Mantine writes its variables into style elements, which need no tag.
// Whatever holds one, and every text that would become a script or its address, is refused. Set first: nothing may be there before it.
window.trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });

try {
  const stored = localStorage.getItem('mantine-color-scheme-value');
  const isLight = stored === 'light' || (stored === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  if (stored !== null) page.setAttribute('data-mantine-color-scheme', isLight ? 'light' : 'dark');
} catch {
  // Storage may be denied: what the host said stays.
}
page.removeAttribute('data-follows-system');

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
  // A page in the background paints no frame, and need not wait for one.
  if (document.hidden) startApp();
  document.addEventListener('visibilitychange', startApp, { once: true });
  requestAnimationFrame(() => setTimeout(startApp));
  // Whatever keeps frames from coming: the app must.
  setTimeout(startApp, 1000);
});
