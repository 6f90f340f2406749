import { fitting, type Offer } from "./offer.ts";

/** What kind of offer it is, then `text TAB label TAB about` lines: only what fits, the text quoted for PowerShell. */
export function powershellText(offer: Offer, typed: string): string {
  if (offer.kind !== "words") return `${offer.kind}\n`;
  const lines = fitting(offer.candidates, typed).map(({ value, about }) =>
    `${quoted(value)}\t${value}\t${about === "" ? value : about}\n`
  );
  return `words\n${lines.join("")}`;
}

/** PowerShell takes the typographic single quotes for single quotes. */
function quoted(text: string): string {
  return /^[\w./:=+%-]+$/.test(text) ? text : `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
