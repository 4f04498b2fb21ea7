// src/ -> a file for the browser, and one for each language beside it: node build.mjs [where to] [from what]
// The same sources give the same bytes. The file's first line has the sum of its sources, so that a stale one is found
// out where there is no node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const [outfile = "../www/fusebox-card.js", entry = "src/card.ts"] = process.argv.slice(2);

/** The version is that of the scripts. */
const [, version] = /^VERSION = "(.+)"$/m.exec(readFileSync(`${here}/../pyscript/modules/fusebox/runtime/version.py`, "utf8"));

function sumOfSources() {
  const sum = createHash("sha256");
  for (const name of ["build.mjs", "package-lock.json", "tsconfig.json", ...sources()]) {
    sum.update(`${name}\n`).update(readFileSync(`${here}/${name}`));
  }
  return sum.digest("hex").slice(0, 16);
}

function sources() {
  const names = readdirSync(`${here}/src`, { recursive: true }).map((name) => `src/${name}`);
  return names.filter((name) => /\.(ts|json)$/.test(name)).sort();
}

/** English is built in; each other language is a file beside the card, which fetches it where it is spoken. */
const LANGUAGES = readdirSync(`${here}/src/words`).flatMap((name) => /^(?!en)(\w\w)\.json$/.exec(name)?.[1] ?? []);

for (const name of LANGUAGES) {
  const words = JSON.parse(readFileSync(`${here}/src/words/${name}.json`, "utf8"));
  const beside = resolve(here, outfile).replace(/\.js$/, `.${name}.js`);
  writeFileSync(beside, `// Words of the Fusebox card, made from card/ by \`make card\`. Apache-2.0.\nexport default ${JSON.stringify(words)};\n`);
}

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  define: { FUSEBOX_VERSION: JSON.stringify(version), FUSEBOX_LANGUAGES: JSON.stringify(LANGUAGES) },
  absWorkingDir: here,
  banner: {
    js: `// Fusebox card ${version} ${sumOfSources()}: made from card/ by \`make card\`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.`,
  },
});
