// docs/card_languages.png: the card beside itself in its eight languages, drawn by Chromium. node dev/languages.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { context } from "esbuild";

const card = join(import.meta.dirname, "..");
const asked = "house=tightEvening&hide_today&controls=tap&lang=en,de,nl,fr,da,nb,sv,es";

const page = await context({
  absWorkingDir: card,
  entryPoints: ["dev/page.ts"],
  bundle: true,
  format: "esm",
  outdir: "dev",
  write: false,
  define: { FUSEBOX_VERSION: '"dev"', FUSEBOX_LANGUAGES: "[]" },
});
const { port } = await page.serve({ servedir: join(card, "dev"), host: "127.0.0.1" });
execFileSync(
  process.env.CHROMIUM ?? "chromium",
  [
    "--headless",
    "--no-sandbox",
    "--hide-scrollbars",
    `--user-data-dir=${mkdtempSync(join(tmpdir(), "card-"))}`,
    "--window-size=2120,1990",
    "--virtual-time-budget=6000",
    `--screenshot=${join(card, "../docs/card_languages.png")}`,
    `http://127.0.0.1:${port}/?${asked}`,
  ],
  { stdio: "ignore", timeout: 60_000 },
);
await page.dispose();
