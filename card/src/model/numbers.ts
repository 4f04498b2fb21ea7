/** Numbers as people read them, in the user's language or the format that the user has chosen. */

const FORMATS = new Map<string, Intl.NumberFormat>();

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
    format = new Intl.NumberFormat(language, { minimumFractionDigits: fewest, maximumFractionDigits: most });
    FORMATS.set(key, format);
  }
  // -0.04 is 0.0 and not -0.0.
  const rounded = Math.round(value * 10 ** most) / 10 ** most;
  return format.format(rounded === 0 ? 0 : rounded).replace("-", "−");
}

export function kw(watts: number | null, language: string): string {
  return `${figure(watts === null ? null : watts / 1000, 1, language)} kW`;
}

export function amps(value: number | null, language: string): string {
  return `${figure(value, 1, language)} A`;
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

export function clock(atMs: number, language: string, timeZone: string | undefined): string {
  const key = `${language} ${timeZone ?? ""}`;
  let format = CLOCKS.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(language, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    CLOCKS.set(key, format);
  }
  return format.format(atMs);
}
