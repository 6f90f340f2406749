import type { BashLine, OpenQuote } from "./cursor.ts";
import { fitting, type Offer } from "./offers.ts";

interface BashQuestion {
  readonly line: BashLine;
  /** bash lists the answers and puts none of them into the line (COMP_TYPE), so what they are about may be added. */
  readonly listing: boolean;
  /** How wide the terminal is. */
  readonly columns: number;
}

/** What kind of offer it is, then what bash is to put into the line, a line each: those that fit alone, and quoted. */
export function bashText(offer: Offer, { line, listing, columns }: BashQuestion): string {
  if (offer.kind !== "words") return `${offer.kind}\n`;
  const { kept } = line;
  if (kept === undefined) return "words\n";
  const rows = fitting(offer.candidates, line.typing.current).map(({ value, about }) => ({
    reply: quoteForShell(value.slice(kept.length), line.quote),
    about,
  }));
  const width = Math.max(0, ...rows.map(({ reply }) => reply.length));
  const described = listing && rows.length > 1 && line.quote === "";
  const lines = rows.map(({ reply, about }) =>
    described && about !== "" ? cut(`${reply.padEnd(width)}  (${about})`, { reply, columns }) : reply
  );
  return ["words", ...lines].map((one) => `${one}\n`).join("");
}

/**
 * As bash has to read it behind what is typed, whose quote may still be open. bash closes the quote of a lone answer,
 * but not of one that ends with that character already.
 */
function quoteForShell(text: string, quote: OpenQuote): string {
  if (quote === "") return text.replace(/[\s!"#$&'()*;<>?[\\\]^`{|}~]/g, "\\$&");
  const inside = quote === "'" ? text.replaceAll("'", `'\\''`) : text.replace(/["$`\\]/g, "\\$&");
  return inside.endsWith(quote) ? inside + quote : inside;
}

/** Never shorter than the reply, which must stay whole. */
function cut(text: string, { reply, columns }: { readonly reply: string; readonly columns: number }): string {
  return text.length < columns ? text : `${text.slice(0, Math.max(reply.length, columns - 5))}...)`;
}

/** For zsh and fish, which quote and choose by themselves: what kind of offer it is, then `word TAB about` lines. */
export function plainText(offer: Offer): string {
  const lines = offer.kind === "words" ? offer.candidates.map(({ value, about }) => `${value}\t${about}\n`) : [];
  return `${offer.kind}\n${lines.join("")}`;
}

/** What kind of offer it is, then `text TAB label TAB about` lines: only what fits, the text quotedForPowershell for PowerShell. */
export function powershellText(offer: Offer, typed: string): string {
  if (offer.kind !== "words") return `${offer.kind}\n`;
  const lines = fitting(offer.candidates, typed).map(({ value, about }) =>
    `${quotedForPowershell(value)}\t${value}\t${about === "" ? value : about}\n`
  );
  return `words\n${lines.join("")}`;
}

/** PowerShell takes the typographic single quotes for single quotes. */
function quotedForPowershell(text: string): string {
  return /^[\w./:=+%-]+$/.test(text) ? text : `'${text.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
