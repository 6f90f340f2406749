import { flagText } from "../../formats/text/command_words.ts";
import { formatCommaItem } from "../../formats/text/comma_list.ts";
import { unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { basename } from "../../store/paths.ts";
import type { Problem } from "../values/located.ts";
import { CONFIG_NAMES } from "./file_checks.ts";

const OTHERS_WRITE = 0o002;

/**
 * Whether a file above the current directory may be from a stranger: neither the user, nor root, nor the owner of the
 * current directory owns it and a link to it, or everyone may write to it (Git asks of its own directory only who owns
 * it). Never where the system has no user ids; false
 * where nothing is there. Like Git's safe.directory. Permissions: read, sys (uid).
 * https://git-scm.com/docs/git-config#Documentation/git-config.txt-safedirectory
 */
export function isOfStranger(host: Needs<"read" | "sys">, path: string): boolean {
  const me = host.sys.uid();
  if (me === -1) return false;
  const here = unlessFileError(() => host.read.stat(host.read.cwd()))?.uid;
  const known = [me, 0, here];
  const [link, file] = [unlessFileError(() => host.read.lstat(path)), unlessFileError(() => host.read.stat(path))];
  const isConfiguration = file !== undefined && (file.isFile || basename(path) !== ".git");
  const isOpen = isConfiguration && (file.mode & OTHERS_WRITE) !== 0;
  return isOpen || [link, file].some((one) => one !== undefined && !known.includes(one.uid));
}

/** Returns the warning that a configuration was not read, be it a file or a directory. */
export function describeStranger(file: string): Problem {
  const message = "another user owns it or may write to it, and it is above this directory; it does not count. " +
    (CONFIG_NAMES.includes(basename(file))
      ? `If it is yours: atmos ${flagText("--config", formatCommaItem(file))}, or restrict it to your user`
      : "If it is yours, restrict it to your user");
  return { severity: "warning", place: { file, line: 1, column: 1 }, path: "", message };
}
