import type { Secret } from "../../../../secret.ts";
import { join } from "../../../../store/paths.ts";
import { update } from "../../../../store/replace.ts";
import { resolveOwnTarget } from "../../../../store/own_directories.ts";
import { removeIfThere } from "../../../../store/write_beside.ts";
import { encodeUtf8 } from "../../../../formats/text/utf8.ts";
import type { Keyring, KeyringHost, KeyringSetting, OpenKeyring } from "../../../keyring/keyring.ts";
import { entryFile, entryNames, keyringDirectory } from "../../../keyring/keyring_directory.ts";
import { doingWith } from "../../../keyring/keyring_failure.ts";
import { findKnownPassword, newPassword } from "../../../keyring/keyring_password.ts";
import { readEntry } from "../../../keyring/read_entry.ts";
import { seal, type Sealed, unseal } from "../../../keyring/sealed_entry.ts";
import type { FileKeyring } from "./schema.ts";

/** One encrypted file an entry, in the form and under the name that the Go atmos reads, too. */
export const open: OpenKeyring<FileKeyring> = (host, setting) => {
  const directory = keyringDirectory(host, setting.configured);
  return new EncryptedFiles(host, { ...setting, directory });
};

interface KeyringLocation extends KeyringSetting<FileKeyring> {
  readonly directory: string;
}

class EncryptedFiles implements Keyring {
  readonly title: string;
  readonly #host: KeyringHost;
  readonly #place: KeyringLocation;
  #password: Secret | undefined;

  constructor(host: KeyringHost, place: KeyringLocation) {
    this.#host = host;
    this.#place = place;
    this.title = `the encrypted files in ${place.directory}`;
  }

  readonly get = async (name: string): Promise<Secret | undefined> => {
    const path = this.#path(name);
    const text = doingWith({ verb: "read", path }, () => readEntry(this.#host, path));
    return text === undefined ? undefined : await this.#opened({ name, path, text });
  };

  readonly set = async (name: string, value: Secret): Promise<void> => {
    const sealed = encodeUtf8(await seal({ name, value, password: await this.#proved(name) }));
    const path = this.#path(name);
    await doingWith(
      { verb: "write", path },
      () => update(this.#host, { path, isOwn: true, mode: 0o600, edit: () => sealed }),
    );
  };

  /** Needs no password: who has forgotten it must be able to begin anew. */
  readonly remove = async (name: string): Promise<boolean> => {
    const path = this.#path(name);
    return await doingWith({ verb: "remove", path }, () => {
      if (this.#host.read.lstat(path) === undefined) return false;
      removeIfThere(this.#host, resolveOwnTarget(this.#host, path));
      return true;
    });
  };

  /** One keyring has one password: it must open an entry that is there, best the one that is replaced. */
  async #proved(name: string): Promise<Secret> {
    const names = entryNames(this.#host, this.#place.directory);
    const witness = names.includes(name) ? name : names[0];
    if (witness !== undefined) await this.get(witness);
    this.#password ??= await newPassword(this.#host, this.#place);
    return this.#password;
  }

  async #opened(entry: Omit<Sealed, "password">): Promise<Secret> {
    let value: Secret | undefined;
    const opens = async (password: Secret) => void (value = await unseal({ ...entry, password }));
    if (this.#password === undefined) this.#password = await findKnownPassword(this.#host, { ...this.#place, opens });
    else await opens(this.#password);
    return value!;
  }

  #path(name: string): string {
    return join(this.#place.directory, entryFile(name));
  }
}
