// How the pages are built: the planners' map, the console, the couriers' page and the worker beside
// it, each of one script, one sheet and the fonts, served by the service itself.
import { defineConfig } from 'vite';

const WORKER = 'phone-worker';

export default defineConfig({
  base: '/static/map/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: '../static/map',
    emptyOutDir: true,
    manifest: 'manifest.json', // tells the service the names, which change with the content
    assetsInlineLimit: 0, // the page allows no fonts or scripts from data: addresses
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: {
        map: 'src/main.tsx',
        console: 'src/console/main.tsx',
        phone: 'src/phone/main.tsx',
        [WORKER]: 'src/phone/worker.ts',
      },
      output: {
        // A browser asks for the worker by one name for ever.
        entryFileNames: ({ name }) => (name === WORKER ? `${WORKER}.js` : 'assets/[name]-[hash].js'),
      },
    },
  },
});
