/** How a part asks a service of Fusebox for an answer, through its card. */

import type { Answer } from "../model/service";

export interface Question {
  readonly service: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Set by the card; null while nobody has heard the question. */
  answer: Promise<Answer> | null;
}

export function question(part: HTMLElement, service: string, data: Question["data"]): Promise<Answer | null> {
  const detail: Question = { service, data, answer: null };
  part.dispatchEvent(new CustomEvent("fusebox-question", { detail, bubbles: true, composed: true }));
  return detail.answer ?? Promise.resolve(null);
}
