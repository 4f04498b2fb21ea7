/** The user's language, or English: that is built in, any other has a file of its own (`fetch.ts`). */

import en from "./en.json";
import { spoken } from "../model/load";

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
/** Languages that a browser names otherwise than their file. */
const ALIKE: Readonly<Record<string, string>> = { no: "nb", nn: "nb" };

/** A text with what belongs in its place. */
export interface Say {
  (key: Key, ...values: readonly (string | number)[]): string;
  readonly language: Language;
  /** Of the language, for dates. */
  readonly locale: string;
}

const SAID = new Map<string, Say>();
const IN_ENGLISH = wordsIn(ENGLISH, "en");

/** The name of a language's file: of `de-CH` that is `de`. */
export function nameOf(language: string): string {
  const [name = ""] = language.toLowerCase().split("-");
  return ALIKE[name] ?? name;
}

/** Whether a language's words are there. */
export function knows(name: string): boolean {
  return name === "en" || SAID.has(name);
}

/** Take in the words of a language; a text that an older file does not have stays English. */
export function learn(name: string, { card, values, reasons }: Language): void {
  SAID.set(name, wordsIn({ card: { ...en.card, ...card }, values, reasons }, name));
}

/** The same function for the same language: parts are drawn anew only when what they are given is another. */
export function sayIn(language: string): Say {
  return SAID.get(nameOf(language)) ?? IN_ENGLISH;
}

function wordsIn(language: Language, locale: string): Say {
  const say = (key: Key, ...values: readonly (string | number)[]): string =>
    language.card[key].replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""));
  return Object.assign(say, { language, locale });
}

/** A car by its name in CONFIG, or the word for a guest. */
export function carOf(say: Say, vehicle: string): string {
  return vehicle === "guest" ? say("guest") : spoken(vehicle);
}

/** A word of the house's, such as a mode: translated where it is known, else as it is. */
export function sayOf(say: Say, kind: "state" | "status" | "mode" | "event" | "plan", word: string): string {
  const key = `${kind}_${word}`;
  return key in en.card ? say(key as Key) : word.replaceAll("_", " ");
}
