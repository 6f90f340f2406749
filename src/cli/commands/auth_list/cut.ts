const LONGEST = 100;

/** Certificates and the like, by their beginning. */
export function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
