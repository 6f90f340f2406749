import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { expandHome, join, resolve } from "../../store/paths.ts";

/** A family of browsers and where systems have it. */
interface KnownBrowsers {
  readonly types: readonly string[];
  readonly linux: readonly string[];
  readonly darwin: string;
  readonly windows: string;
}

const KNOWN: readonly KnownBrowsers[] = [
  {
    types: ["chrome"],
    linux: ["google-chrome-stable", "google-chrome"],
    darwin: "Google Chrome.app/Contents/MacOS/Google Chrome",
    windows: "Google/Chrome/Application/chrome.exe",
  },
  {
    types: ["chromium"],
    linux: ["chromium", "chromium-browser"],
    darwin: "Chromium.app/Contents/MacOS/Chromium",
    windows: "Chromium/Application/chrome.exe",
  },
  {
    types: ["msedge", "edge"],
    linux: ["microsoft-edge-stable", "microsoft-edge"],
    darwin: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    windows: "Microsoft/Edge/Application/msedge.exe",
  },
];

export interface BrowserWish {
  /** "chrome", "chromium", "msedge", also with a channel: "chrome-beta" counts as chrome. */
  readonly browserType: string | undefined;
  readonly browserExecutablePath: string | undefined;
}

type FindHost = Needs<"read" | "env" | "sys">;

/** The path of an installed Chrome, Chromium or Edge; undefined when there is none. Permissions: read, env, sys. */
export function findBrowser(host: FindHost, { browserType, browserExecutablePath }: BrowserWish): string | undefined {
  if (browserExecutablePath !== undefined) {
    const path = resolve(host.read.cwd(), expandHome(host, browserExecutablePath) ?? browserExecutablePath);
    return isProgram(host, path) ? path : undefined;
  }
  const family = browserType?.toLowerCase().replace(/-(?:stable|beta|dev|canary)$/, "");
  const fitting = KNOWN.filter(({ types }) => family === undefined || types.includes(family));
  return fitting.flatMap((known) => listCandidates(host, known)).find((path) => isProgram(host, path));
}

/** A file that may not be run would end the whole process as it is started. */
function isProgram(host: FindHost, path: string): boolean {
  const found = unlessFileError(() => host.read.stat(path));
  return found?.isFile === true && (host.sys.os === "windows" || (found.mode & 0o111) !== 0);
}

function listCandidates(host: FindHost, { linux, darwin, windows }: KnownBrowsers): readonly string[] {
  const variables = (...names: string[]) => names.flatMap((name) => host.env.get(name) ?? []);
  if (host.sys.os === "darwin") {
    return ["/Applications", ...variables("HOME").map((home) => `${home}/Applications`)].map((at) => `${at}/${darwin}`);
  }
  if (host.sys.os === "windows") {
    return variables("ProgramFiles", "ProgramFiles(x86)", "LocalAppData").map((at) => join(at, windows));
  }
  const folders = (host.env.get("PATH") ?? "").split(":").filter((folder) => folder.startsWith("/"));
  return linux.flatMap((name) => folders.map((folder) => join(folder, name)));
}
