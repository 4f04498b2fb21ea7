import { afterEach, describe, expect, it, vi } from "vitest";
import nl from "../src/words/nl.json";
import sv from "../src/words/sv.json";
import { addressOf, fetchWords } from "../src/words/fetch";
import { sayIn } from "../src/words/words";

const LANGUAGES = ["nl", "sv"];

afterEach(() => vi.restoreAllMocks());

describe("a language's file", () => {
  it.each([
    ["copied by hand", "http://ha:8123/local/fusebox-card.js?v=1f", "http://ha:8123/local/fusebox-card.nl.js?v=1f"],
    ["of a store", "https://ha/hacsfiles/fusebox/fusebox-card.js?hacstag=12", "https://ha/hacsfiles/fusebox/fusebox-card.nl.js?hacstag=12"],
    ["without a version", "http://ha/local/fusebox-card.js", "http://ha/local/fusebox-card.nl.js?v=1.0.0"],
  ])("lies beside the card: %s", (_, card, address) => {
    expect(addressOf("nl", card, "1.0.0")).toBe(address);
  });

  it("is fetched once for all cards, which are English until it is there", async () => {
    const load = vi.fn(async () => ({ default: nl }));
    const [first, second] = [fetchWords("nl", LANGUAGES, load), fetchWords("nl-BE", LANGUAGES, load)];
    expect(sayIn("nl")("sun")).toBe("Sun");
    expect(second).toBe(first);
    await first;
    expect(load).toHaveBeenCalledTimes(1);
    expect([sayIn("nl")("sun"), sayIn("nl-BE")]).toEqual(["Zon", sayIn("nl")]);
    expect(fetchWords("nl", LANGUAGES, load)).toBeNull();
  });

  it("that is missing leaves the card English, and is asked for again by the next card", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await fetchWords("sv", LANGUAGES, () => Promise.reject(new TypeError("404")));
    expect(sayIn("sv")("sun")).toBe("Sun");
    await fetchWords("sv", LANGUAGES, async () => ({ default: sv }));
    expect(sayIn("sv")("sun")).toBe("Sol");
  });

  it("is not asked for in English, nor in a language that there is not", () => {
    expect([fetchWords("en-GB", LANGUAGES), fetchWords("pl", LANGUAGES)]).toEqual([null, null]);
  });
});
