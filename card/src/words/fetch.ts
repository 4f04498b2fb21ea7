/** Fetches a language's words: `fusebox-card.de.js`, which lies beside the card wherever that was installed. */

import { knows, type Language, learn, nameOf } from "./words";

/** Of this card and its languages; build.mjs writes them in. */
declare const FUSEBOX_VERSION: string;
declare const FUSEBOX_LANGUAGES: readonly string[];

type Load = (address: string) => Promise<{ readonly default: Language }>;

/** Name of a language -> its file on the way; one for all cards of a page. */
const ON_THE_WAY = new Map<string, Promise<void>>();

/**
 * Null where nothing has to be fetched; else a promise that ends when the words are there, or cannot be had. Then the
 * card stays English until it is asked again.
 */
export function fetchWords(language: string, languages = FUSEBOX_LANGUAGES, load: Load = (address) => import(address)): Promise<void> | null {
  const name = nameOf(language);
  if (knows(name) || !languages.includes(name)) return null;
  const before = ON_THE_WAY.get(name);
  if (before !== undefined) return before;
  const fetched = load(addressOf(name, import.meta.url))
    .then((file) => learn(name, file.default))
    .catch((error: unknown) => console.warn(`Fusebox card: no words for ${name}, so it stays English.`, error))
    .finally(() => ON_THE_WAY.delete(name));
  ON_THE_WAY.set(name, fetched);
  return fetched;
}

/** Beside the card, with its `?v=`: a browser keeps a file for a month, so a new version needs a new address. */
export function addressOf(name: string, card: string, version = FUSEBOX_VERSION): string {
  const address = new URL(`fusebox-card.${name}.js`, card);
  address.search = new URL(card).search || `?v=${version}`;
  return address.href;
}
