/** A reason in the user's language. */

import type { Reason } from "../model/reason";
import { plain } from "../model/numbers";
import type { Language, Say } from "./words";

/** The sentence of a reason's code with its values filled in; the scripts' English one where a translation is missing. */
export function sentenceOf(reason: Reason, say: Say, locale: string): string {
  const { values, reasons } = say.language;
  const template = reasons[reason.code];
  if (template === undefined) return reason.sentence;
  const texts = Object.fromEntries(
    Object.entries(reason.values).map(([name, value]) => [name, typeof value === "number" ? plain(value, locale) : wordOf(name, value, values, locale)]),
  );
  const given = (part: string): boolean => namesIn(part).every((name) => name in texts);
  const sentence = template.replace(/\[([^[\]]*)\]/g, (_, part: string) => (given(part) ? part : ""));
  if (!given(sentence)) return reason.sentence;
  const filled = sentence.replace(/\{(\w+)\}/g, (_, name: string) => texts[name] ?? "");
  // A reason of the site that is about one load does not name it in its sentence.
  return texts.load === undefined || namesIn(template).includes("load") ? filled : `${texts.load}: ${filled}`;
}

export function namesIn(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
}

/** Values that name loads and circuits of CONFIG: here they are called as everywhere in the card. */
const NAMES = new Set(["load", "loads", "losers", "reserved_for", "circuit", "limit"]);

/** A value that is a text: translated where it is a word of Fusebox, its numbers with the language's own comma. */
function wordOf(name: string, value: string, values: Language["values"], locale: string): string {
  const text = NAMES.has(name) ? value.replaceAll("_", " ") : value;
  const [, head = text, phases = ""] = /^(.*?)((?: L[123])+)$/.exec(text) ?? [];
  const words = values[name] ?? {};
  const known = words[head] ?? words["*"]?.replace("*", head);
  if (known !== undefined) return known + phases;
  return text.replace(/(\d+)\.(\d+)(?= k?W\b| A\b)/g, (number) => plain(Number(number), locale));
}
