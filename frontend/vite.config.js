import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { defineConfig } from "vite";

/** Each file beside itself compressed: the server hands that out where the browser takes it. */
const compressed = {
  name: "compressed",
  writeBundle({ dir }, bundle) {
    for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
      const content = readFileSync(join(dir, name));
      if (content.length > 1024) writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
    }
  },
};

export default defineConfig({
  // Chunks find each other beside themselves, whatever address static files are served under.
  base: "./",
  plugins: [compressed],
  build: {
    outDir: "../src/junheng/web/static/junheng/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // What offices run: Edge, Chrome, 360 and the domestic browsers on Chromium of the last years.
    target: "chrome98",
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: "src/main.ts" },
  },
});
