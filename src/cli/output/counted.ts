/** "1 file", "2 files", "no identities": how many there are of something. */
export function counted(count: number, one: string): string {
  if (count === 1) return `1 ${one}`;
  return `${count === 0 ? "no" : count} ${one.endsWith("y") ? `${one.slice(0, -1)}ies` : `${one}s`}`;
}
