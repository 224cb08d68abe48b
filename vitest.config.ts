import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What is imported, and the browser, serve every file of a worker: a third of the time otherwise.
    isolate: false,
  },
});
