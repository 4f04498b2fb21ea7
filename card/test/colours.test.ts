import { describe, expect, it } from "vitest";
import { BATTERY_IN, BATTERY_OUT, EXPORT, GRID, PALETTE, SUN } from "../src/model/colours";

type Rgb = readonly [number, number, number];

/** The colour itself, or the one that Home Assistant's own themes have for it. */
const rgb = (colour: string): Rgb => {
  const hex = colour.match(/#[0-9a-f]{6}/)![0];
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as unknown as Rgb;
};
const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const luminance = (colour: string) => {
  const [r, g, b] = rgb(colour).map(linear) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one: string, other: string) => {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** CIE L*a*b*, in which a distance of some 10 is clearly seen. */
const lab = (colour: string): Rgb => {
  const [r, g, b] = rgb(colour).map(linear) as unknown as Rgb;
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};
const distance = (one: string, other: string) => Math.hypot(...lab(one).map((part, at) => part - lab(other)[at]!));

describe.each(PALETTE)("the colour of a load: %s", (colour) => {
  it("is seen on a white and on a dark card", () => {
    expect(contrast(colour, "#ffffff")).toBeGreaterThan(3);
    expect(contrast(colour, "#1c1c1c")).toBeGreaterThan(3);
  });

  it.each([SUN, GRID, EXPORT, BATTERY_IN, BATTERY_OUT, "#858b96", ...PALETTE.filter((each) => each !== colour)])(
    "is not taken for %s",
    (other) => expect(distance(colour, other)).toBeGreaterThan(20),
  );
});
