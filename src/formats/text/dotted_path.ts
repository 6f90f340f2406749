/**
 * The path of a value for people: `auth.integrations[dev/eks].aliases[0]`. A part that is not a plain word stands in
 * brackets, in quotes when it would be unclear even there.
 */
export function dottedPath(parts: readonly (string | number)[]): string {
  return parts.map((part, at) => typeof part === "number" ? `[${part}]` : findNamed(part, at === 0)).join("");
}

function findNamed(part: string, first: boolean): string {
  if (/^[A-Za-z0-9_-]+$/.test(part)) return first ? part : `.${part}`;
  return /^[^\s[\]"\p{Cc}]+$/u.test(part) ? `[${part}]` : `[${JSON.stringify(part)}]`;
}
