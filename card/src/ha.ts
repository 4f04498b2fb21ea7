/** What the card uses of Home Assistant's frontend; it is given to every card as `hass`. */

export interface HassState {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly last_changed: string;
  /** When its state or an attribute was written last; missing in what comes from the history. */
  readonly last_updated?: string;
}

export interface Hass {
  readonly states: Readonly<Record<string, HassState | undefined>>;
  readonly language: string;
  readonly locale?: { readonly number_format?: string };
  readonly connected?: boolean;
  readonly services?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly config?: { readonly time_zone?: string; readonly state?: string; readonly components?: readonly string[] };
  callService(
    domain: string,
    service: string,
    data: Readonly<Record<string, unknown>>,
    target?: undefined,
    notifyOnError?: boolean,
  ): Promise<unknown>;
  callWS<T>(message: Readonly<Record<string, unknown>>): Promise<T>;
}

/** Number format of a user's profile -> a locale that writes numbers so. */
const FORMATS: Readonly<Record<string, string>> = {
  comma_decimal: "en",
  decimal_comma: "de",
  space_comma: "fr",
  quote_decimal: "de-CH",
  none: "en-US-u-va-posix",
};

/** The locale of numbers: that of the language, unless the user has chosen another format. */
export function localeOf({ language, locale }: Pick<Hass, "language" | "locale">): string {
  const format = locale?.number_format ?? "language";
  return format === "system" ? navigator.language : (FORMATS[format] ?? language);
}

/** Whether what Home Assistant tells is whole: it may be away, and then what is shown is old, or still starting. */
export type Link = "whole" | "unreachable" | "starting";

export function linkOf({ connected, config }: Hass): Link {
  if (connected === false) return "unreachable";
  return (config?.state ?? "RUNNING") === "RUNNING" ? "whole" : "starting";
}

/** pyscript starts its scripts when Home Assistant is whole. */
const SCRIPTS_START_MS = 30_000;

/** The link of now, and when it was last seen that Home Assistant was starting. */
export interface Seen {
  readonly link: Link;
  readonly startingMs: number;
}

export function seenLink(hass: Hass, before: Seen, nowMs: number): Seen {
  const link = linkOf(hass);
  if (link === "starting") return { link, startingMs: nowMs };
  const fresh = link === "whole" && nowMs - before.startingMs < SCRIPTS_START_MS;
  return fresh ? { ...before, link: "starting" } : { ...before, link };
}

/** What a person may choose; everything has a default. */
export interface CardConfig {
  readonly type: string;
  readonly title?: string;
  /** Hours of the past in the picture of today. */
  readonly hours?: number;
  /** Whether the picture of today is left out. */
  readonly hide_today?: boolean;
  /** When a load's controls are open: always, when its row is tapped, or (auto) always where there are few loads. */
  readonly controls?: "auto" | "always" | "tap";
}
