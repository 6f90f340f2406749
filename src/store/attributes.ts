import type { FileStat, Needs } from "../host/host.ts";
import type { CurrentFile } from "./current_file.ts";
import { OWNER_ONLY } from "./file_mode.ts";
import { dirname } from "./paths.ts";
import { removeIfThere, temporaryPath } from "./write_beside.ts";

/** Makes an empty file in place of what is there, with owner, mode, ACL and extended attributes of another; false where it cannot. */
export type CopyAttributes = (copy: { readonly from: string; readonly to: string }) => Promise<boolean>;

const OTHERS_MAY_WRITE = 0o022;
const COPY_MS = 5_000;

/**
 * Copies attributes with GNU's cp, since the runtime knows of none but the mode. It makes the file itself (O_EXCL) and
 * reads the other one without following links. Permission: run.
 */
export function attributeCopier(host: Needs<"run">): CopyAttributes {
  return async ({ from, to }) => {
    const flags = ["--attributes-only", "--preserve=all", "--no-dereference", "--remove-destination", "-T"];
    const args = [...flags, "--", from, to];
    try {
      return (await host.run.capture({ command: "cp", args, timeoutMs: COPY_MS })).status === 0;
    } catch {
      // It is there and cannot be started: then it copies nothing.
      return false;
    }
  };
}

interface LikeInput {
  readonly path: string;
  readonly old: CurrentFile;
  /** The mode that the new file is to have. */
  readonly mode: number;
  readonly copyAttributes: CopyAttributes | undefined;
}

/**
 * Makes the temporary file of `writeBeside`, empty, with everything that the old file has besides its content; false
 * where that cannot be done: nothing is there then. Not in a directory in which another user could exchange files
 * meanwhile, unless the mode gives nothing to other users whatever an ACL says.
 */
export async function makeLike(host: Needs<"read" | "write" | "sys">, input: LikeInput): Promise<boolean> {
  const { path, old, mode, copyAttributes } = input;
  const directory = host.read.stat(dirname(path));
  if (copyAttributes === undefined || directory === undefined) return false;
  const isOurs = [directory.uid, old.stat.uid].every((uid) => uid === host.sys.uid());
  const isPrivate = (directory.mode & OTHERS_MAY_WRITE) === 0;
  if (!isOurs || (!isPrivate && mayOthers(mode))) return false;
  const to = temporaryPath(path);
  removeIfThere(host, to);
  if (await copyAttributes({ from: path, to }) && isLike(host.read.lstat(to), old.stat)) return true;
  removeIfThere(host, to);
  return false;
}

function isLike(made: FileStat | undefined, old: FileStat): boolean {
  return made !== undefined && made.isFile && made.size === 0 && made.mode === old.mode && made.uid === old.uid;
}

/**
 * Whether the mode gives anything to other users than the owner. Of a file with an ACL the bits of the group are the ACL's
 * mask, which may be more than the group itself has, and an entry may deny what all others have.
 */
export function mayOthers(mode: number): boolean {
  return (mode & ~OWNER_ONLY) !== 0;
}
