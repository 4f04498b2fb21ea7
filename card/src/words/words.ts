/** The user's language, or English. */

import { da } from "./da";
import { de } from "./de";
import { en, type Words } from "./en";
import { es } from "./es";
import { fr } from "./fr";
import { nb } from "./nb";
import { nl } from "./nl";
import { sv } from "./sv";

export const LANGUAGES: Readonly<Record<string, Words>> = { da, de, en, es, fr, nb, nl, no: nb, nn: nb, sv };

export type Key = keyof Words;

/** A text with what belongs in its place. */
export type Say = (key: Key, ...values: readonly (string | number)[]) => string;

const SAID = new Map<string, Say>();

/** The same function for the same language: parts are drawn anew only when what they are given is another. */
export function sayIn(language: string): Say {
  const say = SAID.get(language) ?? wordsIn(language);
  SAID.set(language, say);
  return say;
}

function wordsIn(language: string): Say {
  const words = LANGUAGES[language] ?? LANGUAGES[language.split("-")[0] ?? ""] ?? en;
  return (key, ...values) => words[key].replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
}

/** A word of the house's, such as a mode: translated where it is known, else as it is. */
export function sayOf(say: Say, kind: "state" | "status" | "mode" | "event" | "plan", word: string): string {
  const key = `${kind}_${word}`;
  return key in en ? say(key as Key) : word.replaceAll("_", " ");
}
