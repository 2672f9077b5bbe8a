import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative addresses: the page works behind a reverse proxy that serves it below a folder.
  base: './',
  plugins: [svelte()],
  server: { proxy: { '/api': { target: 'http://127.0.0.1:10100', ws: true } } },
  build: {
    target: 'es2023',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    manifest: true,
    // The policy of the page allows no `data:` fonts; and a file of its own is kept by the browser's cache.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
