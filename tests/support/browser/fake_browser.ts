import type { LoginWorld } from "../runs/login_run.ts";

export interface FakeBrowser {
  /** Environment of a person with this browser on this machine. */
  readonly env: Readonly<Record<string, string>>;
  /** The addresses that it was given. */
  opened(): readonly string[];
  /** What it got at the end: status line, headers and page. */
  shown(): string;
}

const OPENED = "browser/opened";
const SHOWN = "browser/shown";

/**
 * A program called xdg-open that opens a page, follows where it leads, and does so again, `times` in all. (It needs
 * curl.)
 */
export function fakeBrowser(world: LoginWorld, { times = 1 }: { readonly times?: number } = {}): FakeBrowser {
  const bin = world.home.write(
    "browser/bin/xdg-open",
    `#!/bin/sh
cd "$HOME/browser" || exit 1
for n in $(seq ${times}); do
  echo "$1" >> opened
  curl --silent --location --include --max-time 30 --output shown "$1"
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
    opened: () => world.home.read(OPENED)?.trim().split("\n") ?? [],
    shown: () => world.home.read(SHOWN) ?? "",
  };
}
