/** A reason in the user's language. */

import type { Reason } from "../model/reason";
import { figure, plain } from "../model/numbers";
import { type Say, sayOf } from "./words";

/** The sentence of a reason's code with its values filled in; the scripts' English one where a translation is missing. */
export function sentenceOf(reason: Reason, say: Say, locale: string): string {
  const template = say.language.reasons[reason.code];
  if (template === undefined) return english(reason);
  const texts = Object.fromEntries(Object.entries(reason.values).map(([name, value]) => [name, textOf(name, value, say, locale)]));
  const given = (part: string): boolean => namesIn(part).every((name) => name in texts);
  const sentence = template.replace(/\[([^[\]]*)\]/g, (_, part: string) => (given(part) ? part : ""));
  if (!given(sentence)) return english(reason);
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => texts[name] ?? "");
  // The outermost stands first among the values.
  const around = Object.keys(texts).reverse().filter((name) => !template.includes(`{${name}}`));
  return around.reduce((inner, name) => framed(name, texts[name] ?? "", inner, say), filled);
}

/** The scripts' sentence, with loads and circuits named as everywhere in the card; entities and lines of CONFIG stay. */
function english({ sentence, values }: Reason): string {
  const words = (areNames: boolean): readonly string[] =>
    Object.entries(values).flatMap(([name, value]) => (NAMES.has(name) === areNames ? (String(value).match(WORD) ?? []) : []));
  const stays = new Set(words(false));
  const names = new Set(words(true).filter((word) => !stays.has(word)));
  return sentence.replace(WORD, (word) => (names.has(word) ? word.replaceAll("_", " ") : word));
}

/** What the scripts put around a sentence by a value that it does not show. */
function framed(name: string, value: string, sentence: string, say: Say): string {
  if (name === "load" || name === "path") return `${value}: ${sentence}`;
  return name === "would" ? say("would", value, sentence) : sentence;
}

function namesIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
}

/** Units that are written with all of their decimals, as money is. */
const DECIMALS: Readonly<Record<string, number>> = { cost: 2, price: 3 };

function textOf(name: string, value: number | string, say: Say, locale: string): string {
  if (typeof value === "string") return wordOf(name, value, say, locale);
  const decimals = DECIMALS[name.split("_").at(-1) ?? ""];
  return decimals === undefined ? plain(value, locale) : figure(value, decimals, locale);
}

const NO_WORDS: Readonly<Record<string, string>> = {};

/** Values that name loads and circuits of CONFIG: here they are named as everywhere in the card. */
const NAMES = new Set(["load", "loads", "losers", "lowered", "reserved_for", "circuit", "limit", "meter"]);

/** A name, or an entity with its domain. */
const WORD = /[\w.]+/g;

/** A value that is a text: translated where it is a word of Fusebox, its numbers with the language's own comma. */
function wordOf(name: string, value: string, say: Say, locale: string): string {
  if (name === "mode") return sayOf(say, "mode", value);
  const words = say.language.values[name === "meter" ? "limit" : name] ?? NO_WORDS;
  const text = (NAMES.has(name) ? value.replaceAll("_", " ") : value).replace(/(\d+)\.(\d+)(?= k?W\b| A\b| to \d)/g, (number) =>
    plain(Number(number), locale),
  );
  // Several meters, each with its entities, and several commands of a dry run are one text.
  if (name === "meters") return text.replace(/main(?= L[123] \()/g, say.language.values.limit?.main ?? "main");
  const parts = name === "would" ? text.split(/( and |, )/) : [text];
  return parts.map((part) => translated(part, words)).join("");
}

/** A word, or a pattern with `*` for what is not translated; the phases at its end stay. */
function translated(text: string, words: Readonly<Record<string, string>>): string {
  const [, head = text, phases = ""] = /^(.*?)((?: L[123])+)$/.exec(text) ?? [];
  for (const { pattern, word } of patternsOf(words)) {
    const found = pattern.exec(head);
    if (found !== null) return found.slice(1).reduce((filled, part) => filled.replace("*", part), word) + phases;
  }
  return text;
}

interface Pattern {
  readonly pattern: RegExp;
  readonly word: string;
}

const PATTERNS = new WeakMap<Readonly<Record<string, string>>, readonly Pattern[]>();

/** The patterns of a list of words, made once: ten loads look through them at every reading. */
function patternsOf(words: Readonly<Record<string, string>>): readonly Pattern[] {
  let found = PATTERNS.get(words);
  if (found === undefined) {
    found = Object.entries(words).map(([text, word]) => ({
      pattern: new RegExp(`^${text.replace(/[.()]/g, "\\$&").replaceAll("*", "(.+)")}$`),
      word,
    }));
    PATTERNS.set(words, found);
  }
  return found;
}
