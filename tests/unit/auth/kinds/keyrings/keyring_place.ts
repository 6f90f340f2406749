import type { Keyring } from "../../../../../src/auth/keyring/keyring.ts";
import { type KeyringSpec, openKeyring } from "../../../../../src/auth/kinds/keyrings/registry.ts";
import type { Question } from "../../../../../src/auth/flow/login_host.ts";
import { Secret } from "../../../../../src/secret.ts";
import { type FakeHost, fakeHost, type FakeHostOptions } from "../../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../../support/host/memory_files.ts";

export const DIRECTORY = "/h/.local/share/atmos/keyring";

export interface KeyringPlace {
  readonly host: FakeHost;
  readonly files: MemoryFiles;
  readonly asked: Question[];
  /** Opens it anew, as another process would. */
  open(answers?: readonly string[]): Promise<Keyring>;
}

/** A keyring of realm "lab" on a disk in memory, and a person who answers in order, then no more. */
export function keyringPlace(configured: KeyringSpec, options: FakeHostOptions = {}): KeyringPlace {
  const files = new MemoryFiles();
  const host = fakeHost({ files: { read: files.reader, write: files.writer }, env: { HOME: "/h" }, ...options });
  const asked: Question[] = [];
  return {
    host,
    files,
    asked,
    open(answers = []) {
      const left = [...answers];
      const ask = (question: Question) => {
        asked.push(question);
        const answer = left.shift();
        return Promise.resolve(answer === undefined ? undefined : new Secret(answer));
      };
      return openKeyring(host, { configured, realm: "lab", ui: { ask } });
    },
  };
}
