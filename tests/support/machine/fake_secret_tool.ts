import { type TempHome, tempHome } from "./temp_home.ts";

/** `store`, `lookup` and `clear` as the real one answers them; its arguments are written down. */
const SCRIPT = `#!/bin/sh
here=$(dirname "$0")
printf '%s\\n' "$@" >> "$here/arguments"
action=$1
entry="$here/entry-$(printf '%s' "$*" | sed 's/.*service //; s/ username.*//' | tr -c 'A-Za-z0-9\\n' _)"
case $action in
  store) cat > "$entry" ;;
  lookup) cat "$entry" 2> /dev/null || exit 1 ;;
  clear) rm "$entry" ;;
esac
`;

/** As one whose keychain is locked, with a window that nobody sees. */
const HANGING = `#!/bin/sh
sleep 60
`;

export interface FakeSecretTool extends Disposable {
  /** To be put first into PATH. */
  readonly directory: string;
  /** All arguments that it was ever called with, a line each. */
  arguments(): string;
}

/** A secret-tool of a place of its own, outside every HOME. */
export function fakeSecretTool(how: "works" | "hangs" = "works"): FakeSecretTool {
  const place: TempHome = tempHome();
  place.write("secret-tool", how === "works" ? SCRIPT : HANGING, 0o755);
  return {
    directory: place.path,
    arguments: () => place.read("arguments") ?? "",
    [Symbol.dispose]: () => place[Symbol.dispose](),
  };
}
