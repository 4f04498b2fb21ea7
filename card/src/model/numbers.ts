/** Numbers as people read them, in the user's language or the format that the user has chosen. */

interface Format {
  readonly of: Intl.NumberFormat;
  /** Number -> how it is written: most readings are those of a moment ago, and formatting is slow. */
  readonly written: Map<number, string>;
}
const FORMATS = new Map<string, Format>();
const MOST_WRITTEN = 2000;

/** A number with so many decimals; a dash for what is not known. */
export function figure(value: number | null, decimals: number, language: string): string {
  return value === null ? "–" : written(value, decimals, decimals, language);
}

/** A number of a sentence, which the scripts have rounded: no zeros at its end. */
export function plain(value: number, language: string): string {
  return written(value, 0, 3, language);
}

function written(value: number, fewest: number, most: number, language: string): string {
  const key = `${language} ${fewest} ${most}`;
  let format = FORMATS.get(key);
  if (format === undefined) {
    const of = new Intl.NumberFormat(language, { minimumFractionDigits: fewest, maximumFractionDigits: most });
    format = { of, written: new Map() };
    FORMATS.set(key, format);
  }
  // -0.04 is 0.0 and not -0.0.
  const rounded = Math.round(value * 10 ** most) / 10 ** most;
  let text = format.written.get(rounded);
  if (text === undefined) {
    text = format.of.format(rounded === 0 ? 0 : rounded).replace("-", "−");
    if (format.written.size >= MOST_WRITTEN) format.written.clear();
    format.written.set(rounded, text);
  }
  return text;
}

export function kw(watts: number | null, language: string): string {
  return `${figure(watts === null ? null : watts / 1000, 1, language)} kW`;
}

export function amps(value: number | null, language: string): string {
  return `${figure(value, 1, language)} A`;
}

/** An amount in the currency of a price's unit, such as EUR/kWh. */
export function money(value: number, priceUnit: string, language: string): string {
  const [currency = ""] = priceUnit.split("/");
  return `${figure(value, 2, language)} ${currency}`.trimEnd();
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

export function clock(atMs: number, language: string, timeZone: string | undefined): string {
  return timeIn(atMs, language, timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** The same with the day of the week, in a language of the card: a format of numbers has no words. */
export function dayAndClock(atMs: number, language: string, timeZone: string | undefined): string {
  return `${timeIn(atMs, language, timeZone, { weekday: "short" })} ${clock(atMs, language, timeZone)}`;
}

/** Such as 2026-11. */
export function monthNow(nowMs: number, timeZone: string | undefined): string {
  return timeIn(nowMs, "sv", timeZone, { year: "numeric", month: "2-digit" });
}

/** A day or a month, such as 2026-11-24 or 2026-11, as people write it. */
export function dateIn(written: string, language: string): string {
  const [year = 0, month = 1, day] = written.split("-").map(Number);
  const shown: Intl.DateTimeFormatOptions =
    day === undefined ? { month: "short", year: "numeric" } : { weekday: "short", day: "numeric", month: "short" };
  return timeIn(Date.UTC(year, month - 1, day ?? 1), language, "UTC", shown);
}

function timeIn(atMs: number, language: string, timeZone: string | undefined, shown: Intl.DateTimeFormatOptions): string {
  const key = `${language} ${timeZone ?? ""} ${JSON.stringify(shown)}`;
  let format = CLOCKS.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, {
      ...shown,
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    CLOCKS.set(key, format);
  }
  return format.format(atMs);
}
