// How the map page is built: one script, one sheet and the fonts, served by the service itself.
import { defineConfig } from 'vite';

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
    rollupOptions: { input: 'src/main.tsx' },
  },
});
