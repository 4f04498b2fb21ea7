/** The pieces of bars, which move at each reading: only what has changed is written, and words for a pointer when it comes. */

import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

type Styles = Readonly<Record<string, string>>;

class Styled extends Directive {
  private written: Styles = {};

  render(_now: Styles): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [now]: [Styles]): unknown {
    const { style } = element as HTMLElement;
    for (const name in now) {
      const value = now[name] ?? "";
      if (value !== this.written[name]) style.setProperty(name, value);
    }
    this.written = now;
    return noChange;
  }
}

/** The style of an element, property by property; always the same names. A whole style would be parsed at each reading. */
export const styled = directive(Styled);

/** What a span of a bar stands for; Lit writes it to the element. */
interface Piece<Of> {
  readonly piece?: Of;
}

/** Give a piece its title when a pointer comes to it. */
export function titleOnPointer<Of>(host: HTMLElement, words: (piece: Of) => string): void {
  host.addEventListener("pointerover", (event) => {
    const over = event.composedPath()[0] as HTMLElement & Piece<Of>;
    if (over.piece !== undefined) over.title = words(over.piece);
  });
}
