import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { FUSEBOX_VERSION: '"test"', FUSEBOX_LANGUAGES: "[]" },
  test: { include: ["test/**/*.test.ts"] },
});
