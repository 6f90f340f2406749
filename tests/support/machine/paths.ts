/** The path of a file: URL, on any system. */
export function fromFileUrl(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1).replaceAll("/", "\\") : path;
}

/** The folder that holds deno.json. */
export const REPOSITORY: string = fromFileUrl(new URL("../../../", import.meta.url)).replace(/[/\\]$/, "");
