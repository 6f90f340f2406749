import { hasProgram } from "./has_program.ts";
import type { TempHome } from "./temp_home.ts";

/** Unlocked with a password of its own; says where its bus is, and ends when its input does. */
const SESSION = `
printf x | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1
echo "$DBUS_SESSION_BUS_ADDRESS"
cat > /dev/null
`;

export interface DesktopKeychain extends AsyncDisposable {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>;
}

/** A real Secret Service with a session bus of its own; undefined, with the reason, where that is not installed. */
export async function desktopKeychain(home: TempHome, test: string): Promise<DesktopKeychain | undefined> {
  const programs = ["secret-tool", "gnome-keyring-daemon", "dbus-run-session"];
  if (!programs.every((program) => hasProgram(program, test))) return undefined;
  const PATH = Deno.env.get("PATH")!;
  Deno.mkdirSync(home.at("run"), { mode: 0o700 });
  const child = new Deno.Command("dbus-run-session", {
    args: ["--", "sh", "-c", SESSION],
    clearEnv: true,
    env: home.env({ PATH, XDG_RUNTIME_DIR: home.at("run") }),
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  for (let part = await reader.read(); !part.done && !said.includes("\n"); part = await reader.read()) {
    said += part.value;
    if (said.includes("\n")) break;
  }
  return {
    env: { PATH, DBUS_SESSION_BUS_ADDRESS: said.trim(), XDG_RUNTIME_DIR: home.at("run") },
    async [Symbol.asyncDispose]() {
      await child.stdin.close();
      await child.status;
      await reader.cancel();
    },
  };
}
