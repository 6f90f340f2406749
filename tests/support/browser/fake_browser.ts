import type { LoginWorld } from "../runs/login_run.ts";

export interface FakeBrowser {
  /** Environment of a person with this browser on this machine. */
  readonly env: Readonly<Record<string, string>>;
  /** What it was started with, which other users of the machine can read. */
  started(): readonly string[];
  /** The addresses that this led to. */
  opened(): readonly string[];
  /** What it got at the end: status line, headers and page. */
  shown(): string;
}

const STARTED = "browser/started";
const OPENED = "browser/opened";
const SHOWN = "browser/shown";

/**
 * A program called xdg-open that opens a page, takes the link that this leads to, follows it, and does so again, `times`
 * in all. (It needs curl.)
 */
export function fakeBrowser(world: LoginWorld, { times = 1 }: { readonly times?: number } = {}): FakeBrowser {
  const bin = world.home.write(
    "browser/bin/xdg-open",
    `#!/bin/sh
cd "$HOME/browser" || exit 1
for n in $(seq ${times}); do
  echo "$1" >> started
  link=$(sed -n 's/.*content="0;url=\\([^"]*\\)".*/\\1/p' "\${1#file://}" | sed 's/&amp;/\\&/g')
  echo "$link" >> opened
  curl --silent --location --include --max-time 30 --output shown "$link"
done
`,
    0o700,
  );
  return {
    env: {
      PATH: `${bin.slice(0, bin.lastIndexOf("/"))}:/usr/local/bin:/usr/bin:/bin`,
      DISPLAY: ":0",
      ATMOS_AUTH_DEVICE_CODE: "false",
    },
    started: () => world.home.read(STARTED)?.trim().split("\n") ?? [],
    opened: () => world.home.read(OPENED)?.trim().split("\n") ?? [],
    shown: () => world.home.read(SHOWN) ?? "",
  };
}
