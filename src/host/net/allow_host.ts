/** What makes the program able to connect to a host that it may not connect to now, for a person to do. */
export function howToAllow(host: string, from: { readonly compiled: boolean }): string {
  const name = host.replace(/:\d+$/, "");
  const build = `uild one that may: deno task compile --allow-host ${name}`;
  if (from.compiled) return `B${build}`;
  return `Start main.ts with the flags of the atmos task in deno.json and ${name} added to its hosts, or b${build}`;
}
