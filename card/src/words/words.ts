/** The user's language, or English: one file a language. Languages that are alike stand together: so they pack better. */

import en from "./en.json";
import de from "./de.json";
import nl from "./nl.json";
import da from "./da.json";
import nb from "./nb.json";
import sv from "./sv.json";
import es from "./es.json";
import fr from "./fr.json";

export type Key = keyof typeof en.card;

export interface Language {
  /** The card's own texts; the same keys in every language. `{0}` is filled in. */
  readonly card: Readonly<Record<Key, string>>;
  /** Name of a value -> its English word -> the word in a sentence of this language. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Code of a reason -> its sentence, written like those of the scripts' catalogue. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** The scripts' own sentences are English. */
const ENGLISH: Language = { ...en, values: {}, reasons: {} };

export const LANGUAGES: Readonly<Record<string, Language>> = { da, de, en: ENGLISH, es, fr, nb, nl, no: nb, nn: nb, sv };

/** A text with what belongs in its place. */
export interface Say {
  (key: Key, ...values: readonly (string | number)[]): string;
  readonly language: Language;
}

const SAID = new Map<string, Say>();

/** The same function for the same language: parts are drawn anew only when what they are given is another. */
export function sayIn(language: string): Say {
  const say = SAID.get(language) ?? wordsIn(language);
  SAID.set(language, say);
  return say;
}

function wordsIn(name: string): Say {
  const language = LANGUAGES[name] ?? LANGUAGES[name.split("-")[0] ?? ""] ?? ENGLISH;
  const say = (key: Key, ...values: readonly (string | number)[]): string =>
    language.card[key].replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
  return Object.assign(say, { language });
}

/** A word of the house's, such as a mode: translated where it is known, else as it is. */
export function sayOf(say: Say, kind: "state" | "status" | "mode" | "event" | "plan", word: string): string {
  const key = `${kind}_${word}`;
  return key in en.card ? say(key as Key) : word.replaceAll("_", " ");
}
