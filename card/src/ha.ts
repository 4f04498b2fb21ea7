/** What the card uses of Home Assistant's frontend; it is given to every card as `hass`. */

export interface HassState {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly last_changed: string;
}

export interface Hass {
  readonly states: Readonly<Record<string, HassState | undefined>>;
  readonly language: string;
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
