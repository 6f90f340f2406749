import { failureOf, mountFailure, mustRun } from "../../fault/store_process.ts";
import { atmosWords } from "../atmos/run_atmos.ts";
import { sharedRuntime } from "../machine/shared_runtime.ts";
import type { FlowBox, Start } from "./flow_box.ts";

/** What the program is started in, where it is not the usual. */
export interface Surroundings {
  /** Why they cannot be had on this machine. */
  readonly missing?: () => string | undefined;
  /** Makes them of a box with all that a flow starts from. */
  readonly arrange: (box: FlowBox) => Arranged;
  /** New files are a user's alone, whatever the umask: what others could do with them is looked at. */
  readonly isPrivate?: true;
}

export interface Arranged extends Start {
  /** Brings the usual ones back. */
  readonly end?: () => void;
}

const HOUR = 3_600_000;
/** A user that nothing else on the machine is about. */
const UID = 45_301;
const AS_OTHER = ["setpriv", `--reuid=${UID}`, `--regid=${UID}`, "--clear-groups"];
const READ_ONLY = ["unshare", "--mount", "sh", "-c", 'mount -o remount,ro,bind / && exec "$@"', "sh"];
const MIB = 1_048_576;
const PAGE = 4_096;

/** A name that a program may give a temporary file. */
const LIKELY = [
  "atmos",
  "atmos.lock",
  "atmos.atmos-tmp",
  "config",
  "config.atmos-tmp",
  "credentials",
  "atmos-0",
  "deno",
];

/** By their names, as the table of figures has them. */
export const SURROUNDINGS: Readonly<Record<string, Surroundings>> = {
  "a full disk": { missing: mountFailure, arrange: (box) => fillDisk(box, 0) },
  "a disk with room for 4 KiB": { missing: mountFailure, arrange: (box) => fillDisk(box, 1) },
  "a disk with room for 12 KiB": { missing: mountFailure, arrange: (box) => fillDisk(box, 3) },
  "a read-only root": {
    missing: () => failureOf(READ_ONLY[0]!, [...READ_ONLY.slice(1), "true"]),
    arrange: () => ({ prefix: READ_ONLY }),
  },
  "no HOME": { arrange: () => ({ env: { HOME: undefined } }) },
  "an empty HOME": { arrange: () => ({ env: { HOME: "" } }) },
  "a relative HOME": { arrange: () => ({ env: { HOME: "home" } }) },
  "a HOME that is not there": { arrange: ({ root }) => ({ env: { HOME: `${root}/gone` } }) },
  "root in another user's HOME": { missing: notRoot, arrange: ownHome },
  "another user's closed HOME": {
    missing: noOther,
    arrange: startAsOther,
  },
  "another user's HOME that may be read": {
    missing: noOther,
    arrange: (box) => {
      mustRun("chmod", ["-R", "go+rX", box.home]);
      return { ...startAsOther(box), end: () => mustRun("chmod", ["-R", "go-rwx", box.home]) };
    },
  },
  "umask 000": { arrange: () => ({ prefix: underMask("000") }), isPrivate: true },
  "umask 077": { arrange: () => ({ prefix: underMask("077") }), isPrivate: true },
  "umask 0777": { arrange: () => ({ prefix: underMask("0777") }), isPrivate: true },
  "umask 0777, not as root": {
    missing: noOther,
    arrange: (box) => {
      return { ...ownHome(box), ...startAsOther(box), prefix: [...AS_OTHER, ...underMask("0777")] };
    },
    isPrivate: true,
  },
  "AWS's clock an hour ahead": { arrange: (box) => skewed(box, HOUR) },
  "AWS's clock an hour behind": { arrange: (box) => skewed(box, -HOUR) },
  "a TMPDIR that is not there": { arrange: ({ root }) => ({ env: { TMPDIR: `${root}/gone` } }) },
  "a TMPDIR that is a file": { arrange: ({ root }) => ({ env: { TMPDIR: placed(`${root}/file`) } }) },
  "a read-only TMPDIR": {
    missing: mountFailure,
    arrange: ({ tmp }) => {
      mustRun("mount", ["-t", "tmpfs", "-o", "ro,size=64k", "none", tmp]);
      return { end: () => mustRun("umount", [tmp]) };
    },
  },
  "another user's TMPDIR, full of links": { missing: notRoot, arrange: setTraps },
};

function notRoot(): string | undefined {
  return Deno.uid() === 0 ? undefined : "only root can be other users";
}

/** The sources may be in a directory that is closed to all others; a bundle and the runtime can be copied. */
function noOther(): string | undefined {
  if (Deno.uid() !== 0) return notRoot();
  if (!bundleHere().endsWith(".js")) return "only a bundle is copied for another user";
  return failureOf(AS_OTHER[0]!, [...AS_OTHER.slice(1), "true"]);
}

function bundleHere(): string {
  return Deno.env.get("ATMOS_TEST_BIN") || Deno.env.get("ATMOS_TEST_BUNDLE") || "";
}

/** With the program, and what the runtime makes of it, where the other user may have them. */
function startAsOther({ program }: FlowBox): Arranged {
  const bundle = bundleHere();
  const [directory, name] = [bundle.slice(0, bundle.lastIndexOf("/")), bundle.slice(bundle.lastIndexOf("/") + 1)];
  mustRun("cp", ["-R", directory, program]);
  Deno.mkdirSync(`${program}/deno`);
  mustRun("chown", ["-R", `${UID}:${UID}`, program]);
  const [, ...words] = atmosWords(`${program}/${name}`);
  return { prefix: AS_OTHER, words: [sharedRuntime(), ...words], env: { DENO_DIR: `${program}/deno` } };
}

function underMask(mask: string): readonly string[] {
  return ["sh", "-c", `umask ${mask}; exec "$@"`, "sh"];
}

function placed(path: string): string {
  Deno.writeTextFileSync(path, "");
  return path;
}

function ownHome({ home, tmp }: FlowBox): Arranged {
  const give = (to: number) => mustRun("chown", ["-R", "-h", `${to}:${to}`, home, tmp]);
  give(UID);
  return { end: () => give(0) };
}

function skewed({ aws }: FlowBox, ms: number): Arranged {
  aws.setSkew(ms);
  return { end: () => aws.setSkew(0) };
}

/** HOME becomes a disk of its own, which is filled but for some pages; files without a byte have room on it. */
function fillDisk({ root, home }: FlowBox, pages: number): Arranged {
  const usual = `${root}/usual`;
  Deno.renameSync(home, usual);
  Deno.mkdirSync(home);
  mustRun("mount", ["-t", "tmpfs", "-o", "size=512k,mode=700", "none", home]);
  mustRun("cp", ["-a", `${usual}/.`, home]);
  const filler = `${home}/filler`;
  fill(filler);
  if (pages > 0) Deno.truncateSync(filler, Deno.statSync(filler).size - pages * PAGE);
  return {
    end: () => {
      Deno.removeSync(filler);
      Deno.removeSync(usual, { recursive: true });
      mustRun("cp", ["-a", home, usual]);
      mustRun("umount", [home]);
      Deno.removeSync(home);
      Deno.renameSync(usual, home);
    },
  };
}

function fill(path: string): void {
  using file = Deno.openSync(path, { write: true, create: true });
  try {
    for (let at = 0; at < MIB; at += PAGE) file.writeSync(new Uint8Array(PAGE));
  } catch {
    return;
  }
  throw new Error("the disk does not fill");
}

/** What writes to one of the names writes to a file that is not its own. */
function setTraps({ root }: FlowBox): Arranged {
  const directory = `${root}/traps`;
  Deno.mkdirSync(directory);
  const canary = `${root}/canary`;
  Deno.writeTextFileSync(canary, "canary\n");
  for (const name of LIKELY) Deno.symlinkSync(canary, `${directory}/${name}`);
  mustRun("chown", ["-R", "-h", `${UID}:${UID}`, directory]);
  Deno.chmodSync(directory, 0o777);
  return { env: { TMPDIR: directory } };
}
