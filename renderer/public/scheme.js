// Sets the remembered colour scheme before the first paint, so that a light page never flashes dark (inline scripts are forbidden).
try {
  const stored = localStorage.getItem('mantine-color-scheme-value');
  const isLight = stored === 'light' || (stored === 'auto' && matchMedia('(prefers-color-scheme: light)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isLight ? 'light' : 'dark');
} catch {
  // Storage may be denied: dark stays.
}
