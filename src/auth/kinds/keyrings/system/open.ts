import { AppError } from "../../../../errors.ts";
import type { Host } from "../../../../host/host.ts";
import { suggestFileKeyring } from "../../../keyring/hints.ts";
import type { Keyring, OpenKeyring } from "../../../keyring/keyring.ts";
import type { SystemProgram } from "../../../keyring/system_program.ts";
import type { SystemKeyring } from "./schema.ts";

const PROGRAMS: Readonly<
  Record<Host["sys"]["os"], (() => Promise<{ readonly program: SystemProgram }>) | undefined>
> = {
  linux: () => import("../../../keyring/secret_tool.ts"),
  darwin: () => import("../../../keyring/macos_security.ts"),
  windows: () => import("../../../keyring/windows_credentials.ts"),
  other: undefined,
};

/** The keychain of the operating system, through its own program, with the names of github.com/zalando/go-keyring. */
export const open: OpenKeyring<SystemKeyring> = async (host): Promise<Keyring> => {
  const load = PROGRAMS[host.sys.os];
  if (load === undefined) throw unknownSystem();
  const { program } = await load();
  const { title } = program;
  return {
    title,
    get: (name) => program.get(host, name),
    set: async (name, value) => {
      await program.set(host, { name, value });
      // Some of the programs end with 0 whatever came of it.
      const kept = await program.get(host, name);
      if (kept?.reveal() !== value.reveal()) throw notKept(title);
    },
    remove: async (name) => {
      const isRemoved = await program.remove(host, name);
      if (isRemoved && await program.get(host, name) !== undefined) throw notRemoved(title);
      return isRemoved;
    },
  };
};

function unknownSystem(): AppError {
  const message = "Cannot use the system's keychain: this operating system has none that is known";
  return new AppError("config-invalid", message, {
    hint: suggestFileKeyring("Keep the keys in encrypted files"),
    facts: { keychain: "absent" },
  });
}

function notKept(title: string): AppError {
  return new AppError("config-invalid", `Cannot write to ${title}: a value read back differs from the one written`, {
    hint: suggestFileKeyring("Keep the keys in encrypted files"),
  });
}

function notRemoved(title: string): AppError {
  return new AppError("config-invalid", `Cannot remove from ${title}: the value is still there`, {
    hint: "Remove it with the program that shows the keychain",
  });
}
