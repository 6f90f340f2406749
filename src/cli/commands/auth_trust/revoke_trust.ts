import { gitRoot, isFileThere } from "../../../config/files/file_checks.ts";
import { forgetFiles, trustedFiles } from "../../../config/trust/trust_list.ts";
import { isInside } from "../../../config/trust/trusted_places.ts";
import { AppError } from "../../../errors.ts";
import type { Needs } from "../../../host/host.ts";
import { expandHome, resolve } from "../../../store/paths.ts";
import { printable } from "../../output/printable.ts";
import type { TrustHost, TrustInput } from "./trust_input.ts";

/** `--revoke`: trusts one file no longer, or all that lie in the repository (without one: the directory). */
export async function revokeTrust(host: TrustHost, { flags }: TrustInput): Promise<number> {
  const trusted = (await trustedFiles(host)).map(({ path }) => path);
  const gone = flags.revoke ? oneOf(host, { file: flags.revoke, trusted }) : allHere(host, trusted);
  if (gone.length === 0) host.terminal.err("Nothing is trusted here.\n");
  else if (!flags["dry-run"]) await forgetFiles(host, gone);
  const says = flags["dry-run"] ? "Would no longer trust" : "No longer trusted:";
  for (const path of gone) host.terminal.err(`${says} ${printable(path)}\n`);
  return 0;
}

interface Named {
  readonly file: string;
  readonly trusted: readonly string[];
}

function oneOf(host: Needs<"read" | "env">, { file, trusted }: Named): readonly string[] {
  const path = resolve(host.read.cwd(), expandHome(host, file) ?? file);
  const real = isFileThere(host, path) ? host.read.realPath(path) : path;
  const found = trusted.filter((one) => one === path || one === real);
  if (found.length > 0) return found;
  throw new AppError("usage", `Cannot revoke trust of "${file}": it is not trusted`, {
    hint: "See what is: atmos auth trust --list",
  });
}

function allHere(host: Needs<"read">, trusted: readonly string[]): readonly string[] {
  const here = host.read.realPath(host.read.cwd());
  const root = gitRoot(host, here) ?? here;
  return trusted.filter((path) => isInside(root, path));
}
