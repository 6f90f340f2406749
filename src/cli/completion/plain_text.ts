import type { Offer } from "./offer.ts";

/** For zsh and fish, which quote and choose by themselves: what kind of offer it is, then `word TAB about` lines. */
export function plainText(offer: Offer): string {
  const lines = offer.kind === "words" ? offer.candidates.map(({ value, about }) => `${value}\t${about}\n`) : [];
  return `${offer.kind}\n${lines.join("")}`;
}
