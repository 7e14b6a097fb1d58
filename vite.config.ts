import { builtinModules } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';

const root = import.meta.dirname;
const at = (file: string) => path.join(root, file);

/** What is bundled, and under which licence: packages carry it as NOTICES.md. */
const licenceList = { fileName: '.vite/licences.json' };

/** One outDir each: two environments that share one delete each other's files. */
const nodeEnvironment = (
  out: string,
  input: Record<string, string>,
  external: string[],
  output: object,
  target = 'node24',
): EnvironmentOptions => ({
  consumer: 'server', // a non-server library build would turn node:sqlite into an empty browser stub
  // fluent-ffmpeg is CommonJS and asks where it lies; a bundled module has no __dirname.
  define: { 'process.env.NODE_ENV': '"production"', __dirname: 'import.meta.dirname' },
  resolve: { noExternal: true, external },
  build: {
    outDir: at(`out/${out}`),
    emptyOutDir: true,
    target,
    minify: false,
    sourcemap: true,
    copyPublicDir: false,
    license: licenceList,
    rolldownOptions: { input, external: [/^node:/, ...builtinModules, ...external], output },
  },
});

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [
    react(),
    {
      // What the app is made of waits in a template until the frame is painted: `public/scheme.js` takes it out.
      name: 'app-after-the-frame',
      transformIndexHtml: {
        order: 'post',
        handler(html) {
          const parts = html.match(/^ *<(?:script type="module"|link rel="(?:modulepreload|stylesheet)").*\n/gm) ?? [];
          const rest = parts.reduce((text, part) => text.replace(part, ''), html);
          return rest.replace(
            '  </body>',
            () => `    <template id="app">\n${parts.join('')}    </template>\n  </body>`,
          );
        },
      },
    },
    {
      // electron-store imports electron; outside Electron it only needs the name to resolve.
      name: 'electron-outside-electron',
      enforce: 'pre',
      applyToEnvironment: (environment) => environment.name === 'node',
      resolveId: (id) => (id === 'electron' ? at('main/settings/electronAbsent.ts') : null),
    },
  ],
  environments: {
    client: {
      build: {
        outDir: at('out/renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        sourcemap: true,
        license: licenceList,
        chunkSizeWarningLimit: 900,
        rolldownOptions: {
          treeshake: {
            // Mantine's index names it for its dialogs; undeclared side effects would bring it into the start of a page that shows none.
            moduleSideEffects: [
              { test: /react-remove-scroll|react-style-singleton|use-sidecar|use-callback-ref/, sideEffects: false },
            ],
          },
        },
      },
    },
    browserClient: {
      consumer: 'client',
      build: {
        outDir: at('out/browser-client'),
        emptyOutDir: true,
        copyPublicDir: false,
        target: 'chrome140',
        rolldownOptions: {
          input: at('main/hosts/browser/client/index.ts'),
          output: { format: 'iife', entryFileNames: 'client.js' },
        },
      },
    },
    node: nodeEnvironment(
      'node',
      { cli: at('main/hosts/cli/index.ts'), browser: at('main/hosts/browser/index.ts') },
      ['sharp'],
      { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    ),
    main: nodeEnvironment(
      'main',
      { index: at('main/index.ts'), helper: at('main/hosts/electron/helperMain.ts') },
      ['electron', 'sharp'],
      {
        format: 'es',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
      },
    ),
    preload: nodeEnvironment(
      'preload',
      { index: at('preload/index.ts') },
      ['electron'],
      { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      'chrome140',
    ),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment);
      }
    },
  },
});
