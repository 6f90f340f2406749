import { deepEqual } from "node:assert/strict";
import { nameEntry, openKeyring } from "../../../../../src/auth/kinds/keyrings/registry.ts";
import { Secret } from "../../../../../src/secret.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../../support/host/memory_files.ts";

/** Parts of names, put together with what separates them in the name of an entry. */
const WORDS = ["a", "b", "0123456789abcdef", "team-a"];
const REALMS = WORDS.flatMap((one) => [one, ...WORDS.map((other) => `${one}_${other}`)]);
const NAMES = WORDS.flatMap((one) => [one, ...WORDS.flatMap((other) => [`${one}_${other}`, `${one}.${other}`])]);

Deno.test("keyring: no identity of a realm has the entry of another one, whatever the names have in them", () => {
  const all = REALMS.flatMap((realm) => NAMES.map((name) => nameEntry(realm, name)));
  deepEqual(all.filter((name, at) => all.indexOf(name) !== at), []);
});

Deno.test("keyring: the names of the Go atmos, where a realm has none of its separators", async () => {
  const files = new MemoryFiles();
  const env = { HOME: "/h", ATMOS_KEYRING_PASSWORD: "a password" };
  const host = fakeHost({ files: { read: files.reader, write: files.writer }, env });
  const configured = { type: "file", path: undefined, passwordEnv: undefined } as const;
  for (const realm of ["0123456789abcdef", "team-a", "acme_prod"]) {
    const keyring = await openKeyring(host, { configured, realm, ui: { ask: () => Promise.resolve(undefined) } });
    await keyring.set("Prod_Root", new Secret("x"));
  }
  const names = files.reader.list("/h/.local/share/atmos/keyring").filter((name) => !/lock$|password/.test(name));
  deepEqual(names.sort(), ["atmos_0123456789abcdef_prod_root", "atmos_acme.prod_prod_root", "atmos_team-a_prod_root"]);
});
