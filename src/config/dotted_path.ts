/** The path of a value for people: `auth.integrations[dev/eks].spec.tags[0]`. */
export function dottedPath(parts: readonly (string | number)[]): string {
  return parts.map((part, at) => (isPlain(part) ? `${at === 0 ? "" : "."}${part}` : `[${part}]`)).join("");
}

function isPlain(part: string | number): boolean {
  return typeof part === "string" && /^[^./[\]\s]+$/.test(part);
}
