/** Reading attributes that somebody else writes: whatever is not what it should be is null or empty, never a crash. */

export type Row = Readonly<Record<string, unknown>>;

export function num(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A number that stands in a state, which is always a text. */
export function numberIn(state: string | undefined): number | null {
  return state === undefined || state.trim() === "" ? null : num(Number(state));
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A written moment [ms since 1970]. */
export function moment(value: unknown): number | null {
  return num(Date.parse(text(value)));
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

export function row(value: unknown): Row {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : {};
}

export function rows(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.map(row) : [];
}

/** Name -> number, of an attribute such as `grid_a`, with its amps by phase; null for what is not known. */
export function numbersIn(value: unknown): Readonly<Record<string, number | null>> {
  return Object.fromEntries(Object.entries(row(value)).map(([name, each]) => [name, num(each)]));
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
