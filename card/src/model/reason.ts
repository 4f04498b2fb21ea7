/** Why something is as it is: the scripts' English sentence, and the code and values that it was made from. */

import { num, row, type Row, text } from "./read";

export interface Reason {
  /** In English, whole. */
  readonly sentence: string;
  /** Of the scripts' catalogue; empty where the sentence has none. */
  readonly code: string;
  /** Name -> a number in the unit that the name ends in, or a text. */
  readonly values: Readonly<Record<string, number | string>>;
}

export const NO_REASON: Reason = { sentence: "", code: "", values: {} };

/** The reason in the attributes of an entity: `reason`, `plan_reason`, ... with `_code` and `_values` beside it. */
export function reasonOf(told: Row, name = "reason"): Reason {
  const values = Object.entries(row(told[`${name}_values`])).flatMap(([key, value]): [string, number | string][] => {
    const known = typeof value === "string" ? value : num(value);
    return known === null ? [] : [[key, known]];
  });
  return { sentence: text(told[name]), code: text(told[`${name}_code`]), values: Object.fromEntries(values) };
}
