/** One colour a load, by its place in CONFIG: it is the same in the wire, its row and the picture of today. */

/** Each has a contrast of 3 and more to a white and to a dark card, and none is red: red is too much on a wire. */
const PALETTE = [
  "#3b7dd8",
  "#9a5bd0",
  "#17907f",
  "#d0518a",
  "#a9740f",
  "#4f9230",
  "#1f8fb0",
  "#a8663c",
  "#6a70d6",
  "#84821d",
] as const;

export function colourOf(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}

export const HOUSE = "var(--fb-house)";
export const SUN = "var(--energy-solar-color, #ff9800)";
export const GRID = "var(--energy-grid-consumption-color, #488fc2)";
export const EXPORT = "var(--energy-grid-return-color, #8353d1)";
export const BATTERY_IN = "var(--energy-battery-in-color, #f06292)";
export const BATTERY_OUT = "var(--energy-battery-out-color, #4db6ac)";
