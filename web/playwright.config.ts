// Tests in a real browser against the real program: CODECANVAS=path/of/codecanvas npm run e2e
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '../tests/web',
  outputDir: 'test-results',
  forbidOnly: true,
  // Programs are compiled and run for real, on machines of every speed.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: Number(process.env['WORKERS'] ?? 1),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    trace: 'retain-on-failure',
  },
});
