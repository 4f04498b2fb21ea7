/** Every language of the card, taken in at once: in a test nothing is fetched. */

import da from "../src/words/da.json";
import de from "../src/words/de.json";
import en from "../src/words/en.json";
import es from "../src/words/es.json";
import fr from "../src/words/fr.json";
import nb from "../src/words/nb.json";
import nl from "../src/words/nl.json";
import sv from "../src/words/sv.json";
import { type Language, learn } from "../src/words/words";

const TRANSLATED: Readonly<Record<string, Language>> = { da, de, es, fr, nb, nl, sv };

for (const [name, language] of Object.entries(TRANSLATED)) learn(name, language);

export const LANGUAGES: Readonly<Record<string, Language>> = { en: { ...en, values: {}, reasons: {} }, ...TRANSLATED };
