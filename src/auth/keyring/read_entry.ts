import { AppError } from "../../errors.ts";
import type { FileStat, Needs } from "../../host/host.ts";
import { readCurrent } from "../../store/current_file.ts";
import { resolveOwnTarget } from "../../store/own_directories.ts";
import { quotePosix } from "../../formats/text/shell_quote.ts";

const OTHERS = 0o077;

/**
 * The text of an entry's file; undefined when there is none. AppError "config-invalid" for a file that another user has
 * made or may read. Permissions: read, sys (uid).
 */
export function readEntry(host: Needs<"read" | "sys">, path: string): string | undefined {
  const found = readCurrent(host, resolveOwnTarget(host, path));
  if (found === undefined) return undefined;
  refuseExposed(host, { path, stat: found.stat });
  return new TextDecoder().decode(found.bytes);
}

function refuseExposed(host: Needs<"sys">, { path, stat }: { path: string; stat: FileStat }): void {
  const start = `Cannot use keyring "${path}"`;
  const me = host.sys.uid();
  if (me === -1) return;
  if (stat.uid !== me) {
    throw new AppError("config-invalid", `${start}: it belongs to another user`, {
      hint: `Check it, then: rm ${quotePosix(path)}`,
    });
  }
  if ((stat.mode & OTHERS) === 0) return;
  throw new AppError("config-invalid", `${start}: other users may read or write it`, {
    hint: `Restrict access: chmod 600 ${quotePosix(path)}`,
  });
}
