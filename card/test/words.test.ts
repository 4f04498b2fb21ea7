import { describe, expect, it } from "vitest";
import { formIn } from "../src/editor";
import { en } from "../src/words/en";
import { LANGUAGES, sayIn, sayOf } from "../src/words/words";

const places = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort();

describe.each(Object.entries(LANGUAGES))("%s", (_, words) => {
  it("has every text, with the same places to fill in", () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
    for (const [key, text] of Object.entries(en)) {
      expect(words[key as keyof typeof en], key).not.toBe("");
      expect(places(words[key as keyof typeof en]), key).toEqual(places(text));
    }
  });
});

describe("the editor", () => {
  it.each(Object.keys(LANGUAGES))("names each of its fields: %s", (language) => {
    const { schema, computeLabel } = formIn(language);
    expect(schema.map(computeLabel).every((label) => label.length > 3)).toBe(true);
    expect(schema.map((field) => field.name)).toEqual(["title", "controls", "hours", "hide_today"]);
  });
});

describe("a text", () => {
  it("is the user's language's, of whatever country, else English", () => {
    expect([sayIn("de-CH")("sun"), sayIn("pl")("sun"), sayIn("no")("sun")]).toEqual(["Sonne", "Sun", "Sol"]);
  });

  it("has what belongs in its place", () => {
    expect(sayIn("en")("of_fuse", "25 A")).toBe("of 25 A");
  });

  it("that nobody knows is told as it is", () => {
    expect(sayOf(sayIn("de"), "mode", "night_rate")).toBe("night rate");
  });
});
