/**
 * Why a provider, identity or integration must not be called that; undefined when it may. Names become parts of paths
 * and sections of INI files.
 */
export function nameFault(name: string): string | undefined {
  if (name.trim() === "") return "the name is empty";
  if (/[\p{Cc}[\]]/u.test(name)) return "the name must be without control characters and square brackets";
  if (name.split(/[/\\]/).some((part) => part === "." || part === "..")) {
    return 'the name must have no part "." or ".."';
  }
  if (name.startsWith("/")) return 'the name must not begin with "/"';
  return undefined;
}
