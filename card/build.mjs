// src/ -> one file for the browser: node build.mjs [where to] [from what]
// The same sources give the same bytes. The file's first line has the sum of its sources, so that a stale one is found
// out where there is no node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
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

/** Languages that are alike stand together. */
const TRANSLATED = ["de", "nl", "da", "nb", "sv", "es", "fr"];

/**
 * The texts of all languages as tables, key by key. gzip looks back 32 kB, which one language fills: language
 * by language the codes would be packed anew for each of them, and the file would be a fifth larger.
 */
const packed = {
  name: "packed words",
  setup({ onLoad, onResolve }) {
    const words = Object.fromEntries(TRANSLATED.map((name) => [name, JSON.parse(readFileSync(`${here}/src/words/${name}.json`, "utf8"))]));
    onResolve({ filter: /^packed$/ }, () => ({ path: "packed", namespace: "packed" }));
    const table = (part) => {
      const keys = [...new Set(TRANSLATED.flatMap((name) => Object.keys(words[name][part])))];
      return JSON.stringify(Object.fromEntries(keys.map((key) => [key, TRANSLATED.map((name) => words[name][part][key] ?? 0)])));
    };
    onLoad({ filter: /.*/, namespace: "packed" }, () => ({
      contents: `const columns = (table) => (place) => Object.fromEntries(Object.entries(table).flatMap(([key, row]) => row[place] ? [[key, row[place]]] : []));
        export const card = columns(${table("card")}), reasons = columns(${table("reasons")});`,
    }));
    onLoad({ filter: /words[/\\]\w\w\.json$/ }, ({ path }) => {
      const place = TRANSLATED.indexOf(/(\w\w)\.json$/.exec(path)[1]);
      if (place < 0) return undefined;
      const values = JSON.stringify(words[TRANSLATED[place]].values);
      return { contents: `import { card, reasons } from "packed"; export default { card: card(${place}), values: ${values}, reasons: reasons(${place}) };` };
    });
  },
};

await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  charset: "utf8",
  define: { FUSEBOX_VERSION: JSON.stringify(version) },
  absWorkingDir: here,
  plugins: [packed],
  banner: {
    js: `// Fusebox card ${version} ${sumOfSources()}: made from card/ by \`make card\`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.`,
  },
});
