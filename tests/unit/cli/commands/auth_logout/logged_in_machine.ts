import { diskWith, memoryAtmos, type MemoryAtmosOptions } from "../../../../support/atmos/memory_atmos.ts";
import { CONFIG, keptIn, section, sessionFile, START } from "../../../../support/config/stored_logins.ts";

export const HOME = "/home/me";
export const LATER = "2026-01-02T04:02:05Z";
// Over, so that AWS is not asked to end it: every request fails these tests.
const PAST = "2026-01-01T00:00:00Z";
export const THEIRS = "# mine, by hand\n[default]\naws_access_key_id = AKIA9\naws_secret_access_key = theirs\n";
export const CORP = keptIn("corp");
export const SESSION = await sessionFile({ startUrl: START, region: "us-east-1", expiresAt: PAST });
export const OTHER = await sessionFile({
  startUrl: "https://other.awsapps.com/start",
  region: "eu-west-1",
  expiresAt: PAST,
});

/** A machine on which everybody is logged in, and with somebody's own keys between ours. */
export function machine(more: Readonly<Record<string, string>> = {}) {
  const files = {
    "repo/atmos.yaml": CONFIG,
    [CORP.credentials]: `${THEIRS}\n${
      ["dev-admin", "reader", "deployer", "gone"].map((one) => section(one, LATER)).join("\n")
    }`,
    [CORP.config]: "# config\n[profile dev-admin]\nregion = us-east-2\n\n[profile reader]\nregion = us-east-1\n",
    [keptIn("corp-eu").credentials]: section("eu-admin", LATER),
    [keptIn("other").credentials]: section("far", LATER),
    [keptIn("ci").credentials]: section("job", LATER),
    [keptIn("old/nested").credentials]: section("forgotten", LATER),
    ".config/atmos/prod/aws/corp/credentials": section("dev-admin", LATER),
    [SESSION.path]: SESSION.text,
    [OTHER.path]: OTHER.text,
    ...more,
  };
  const disk = diskWith(Object.fromEntries(Object.entries(files).map(([path, text]) => [`${HOME}/${path}`, text])));
  const logout = (args: readonly string[], { env, ...options }: MemoryAtmosOptions = {}) =>
    memoryAtmos(["auth", "logout", ...args], { disk, env: { ATMOS_TRUST: "1", ...env }, ...options });
  const snapshot = () => Object.fromEntries(Object.keys(files).map((path) => [path, disk.text(`${HOME}/${path}`)]));
  return { disk, logout, snapshot, before: snapshot() };
}

/** The files that are not as before, as they are now. */
export function changes({ before, snapshot }: ReturnType<typeof machine>) {
  return Object.fromEntries(Object.entries(snapshot()).filter(([path, text]) => text !== before[path]));
}
