import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Tests and examples import the package by its name; here that name means the sources, so no build is needed.
    alias: [
      { find: /^kinship$/, replacement: src('index.ts') },
      { find: /^kinship\/mongodb$/, replacement: src('stores/mongodb/index.ts') },
      { find: /^kinship\/postgres$/, replacement: src('stores/postgres/index.ts') },
      { find: /^kinship\/rest$/, replacement: src('rest/index.ts') },
      { find: /^kinship\/sqlite$/, replacement: src('stores/sqlite/index.ts') },
      { find: /^kinship\/testing$/, replacement: src('testing/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
