/** One colour a load, by its place in CONFIG: it is the same in the wire, its row and the picture of today. */

/**
 * Each has a contrast of 3 and more to a white and to a dark card, and is told apart from sun, grid, export, battery and
 * house. None is red: red is too much on a wire.
 */
export const PALETTE = [
  "#2870c0",
  "#687800",
  "#985888",
  "#00965a",
  "#a07008",
  "#007888",
  "#c08060",
  "#587858",
  "#b078d8",
  "#7d6455",
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

/** What leaves the house is hatched, so that nobody takes it for a load. */
export function hatched(colour: string): string {
  return `repeating-linear-gradient(-45deg, ${colour} 0 3px, transparent 3px 6px)`;
}
