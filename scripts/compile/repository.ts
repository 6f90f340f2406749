/** The folder that main.ts is in, without a trailing slash. */
export const REPOSITORY = decodeURIComponent(new URL("../..", import.meta.url).pathname).replace(/\/$/, "");
