import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { CompactEncrypt, decodeProtectedHeader } from "jose";
import { Secret } from "../../../../../../src/secret.ts";
import { DIRECTORY, keyringPlace } from "../keyring_place.ts";

const FILES = { type: "file", path: undefined, passwordEnv: undefined } as const;
const PASSWORD = "correct horse";
const PATH = `${DIRECTORY}/atmos_lab_glass`;
const KEYS = new Secret("the keys of glass");

const fresh = keyringPlace(FILES);
await (await fresh.open([PASSWORD, PASSWORD])).set("Glass", KEYS);
// A third of a second each time is too much.
const SEALED = fresh.files.text(PATH)!;

/** A keyring with one entry. */
function filled(env: Readonly<Record<string, string>> = {}) {
  const place = keyringPlace(FILES, { env: { HOME: "/h", ...env } });
  place.files.directory(DIRECTORY, { mode: 0o700 });
  place.files.put(PATH, SEALED);
  return place;
}

Deno.test("file keyring: another process reads it with the password, whatever the name's case; files are private", async () => {
  const place = fresh;
  deepEqual(place.asked.map(({ hidden }) => hidden), [true, true]);
  equal((await (await place.open([PASSWORD])).get("gLASS"))?.reveal(), "the keys of glass");
  equal(place.asked.length, 3);
  equal(place.files.reader.stat(PATH)?.mode, 0o600);
  equal(place.files.reader.stat(DIRECTORY)?.mode, 0o700);
  const header = decodeProtectedHeader(place.files.text(PATH)!);
  deepEqual([header.alg, header.enc, header["p2c"], header["kid"]], [
    "PBES2-HS512+A256KW",
    "A256GCM",
    600_000,
    "atmos_lab_glass",
  ]);
});

Deno.test("file keyring: nothing there: no password is asked for", async () => {
  const place = keyringPlace(FILES);
  equal(await (await place.open()).get("glass"), undefined);
  equal(await (await place.open()).remove("glass"), false);
  equal(place.asked.length, 0);
});

Deno.test("file keyring: one process asks once", async () => {
  const place = filled();
  const keyring = await place.open([PASSWORD]);
  await keyring.get("glass");
  await keyring.set("glass", new Secret("newer"));
  equal((await keyring.get("glass"))?.reveal(), "newer");
  equal(place.asked.length, 1);
});

Deno.test("file keyring: a wrong password may be typed again, twice", async () => {
  const place = filled();
  equal((await (await place.open(["a", "b", PASSWORD])).get("glass"))?.reveal(), "the keys of glass");
  match(place.asked.at(-1)!.text, /^Wrong password\. Password of the keyring \/h\//);
  await rejects((await place.open(["a", "b", "c", PASSWORD])).get("glass"), {
    code: "login-denied",
    message: `Cannot open keyring "${PATH}": the password is wrong, or the file was changed`,
  });
});

Deno.test("file keyring: another entry needs the password of those that are there", async () => {
  const place = filled();
  await rejects((await place.open(["x", "y", "z"])).set("other", KEYS), { code: "login-denied" });
  await (await place.open([PASSWORD])).set("other", KEYS);
  equal((await (await place.open([PASSWORD])).get("other"))?.reveal(), "the keys of glass");
});

Deno.test("file keyring: a new password is long enough and typed twice; nothing is written before", async () => {
  const place = keyringPlace(FILES);
  const wrong = ["short", "long enough", "long enouhg", "short"];
  await rejects((await place.open(wrong)).set("glass", KEYS), { code: "usage", message: /it|that is too short$/ });
  deepEqual(place.asked.map(({ text }) => /^.*?[.k] (?=New|The)|^/.exec(text)![0]), [
    "",
    "That is too short. ",
    "",
    "The passwords do not match. ",
  ]);
  await rejects((await place.open()).set("glass", KEYS), {
    code: "login-needed",
    hint: "Run this at a terminal, or set ATMOS_KEYRING_PASSWORD",
  });
  equal(place.files.reader.stat(DIRECTORY), undefined);
});

for (
  const [says, passwordEnv, env] of [
    ["ATMOS_KEYRING_PASSWORD", undefined, { ATMOS_KEYRING_PASSWORD: PASSWORD }],
    ["the variable of password_env", "MINE", { MINE: PASSWORD, ATMOS_KEYRING_PASSWORD: "no" }],
    ["the variable of ATMOS_KEYRING_PASSWORD_ENV", "MINE", {
      ATMOS_KEYRING_PASSWORD_ENV: "HIS",
      HIS: PASSWORD,
      MINE: "no",
    }],
  ] as const
) {
  Deno.test(`file keyring: the password of ${says}; nobody is asked`, async () => {
    const place = keyringPlace({ ...FILES, passwordEnv }, { env: { HOME: "/h", ...env } });
    await (await place.open()).set("glass", KEYS);
    equal((await (await place.open()).get("glass"))?.reveal(), "the keys of glass");
    equal(place.asked.length, 0);
  });
}

Deno.test("file keyring: a variable's password: too short for a new keyring, wrong for an old one: no second try", async () => {
  const env = { HOME: "/h", ATMOS_KEYRING_PASSWORD: "short" };
  await rejects((await keyringPlace(FILES, { env }).open()).set("glass", KEYS), {
    code: "usage",
    message: `Cannot set a password for keyring "${DIRECTORY}": that of ATMOS_KEYRING_PASSWORD is too short`,
  });
  const other = keyringPlace(FILES, { env });
  other.files.put(PATH, SEALED);
  await rejects((await other.open([PASSWORD])).get("glass"), { code: "login-denied" });
});

Deno.test("file keyring: an entry under another's name is refused", async () => {
  const place = filled();

  place.files.put(`${DIRECTORY}/atmos_lab_admin`, SEALED);
  const moved = { code: "config-invalid", message: /atmos_lab_admin": it was written under another name$/ };
  await rejects((await place.open([PASSWORD])).get("admin"), moved);
  const other = await written({ Key: "atmos_lab_glass", Data: btoa("theirs") });
  place.files.put(`${DIRECTORY}/atmos_lab_admin`, other);
  await rejects((await place.open([PASSWORD])).get("admin"), moved);
});

/** As the Go atmos writes it. */
async function written(item: unknown, alg = "PBES2-HS256+A128KW"): Promise<string> {
  return await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(item)))
    .setProtectedHeader({ alg, enc: "A256GCM", created: "2026-01-02 03:04:05 +0000 UTC" })
    .setKeyManagementParameters({ p2c: 8192 })
    .encrypt(new TextEncoder().encode(PASSWORD));
}

Deno.test("file keyring: an entry of the Go atmos is read", async () => {
  const place = keyringPlace(FILES);
  const item = { Key: "atmos_lab_glass", Data: btoa("of Go"), Label: "", KeychainNotTrustApplication: false };
  place.files.put(PATH, await written(item));
  equal((await (await place.open([PASSWORD])).get("glass"))?.reveal(), "of Go");
});

Deno.test("file keyring: cut, empty or foreign files are told apart from a wrong password, and stay", async () => {
  const foreign = await Promise.all([
    written("text"),
    written({ Key: "atmos_lab_glass" }),
    written({ Key: "atmos_lab_glass", Data: "%" }),
    written({}, "PBES2-HS384+A192KW"),
  ]);
  const ciphertext = SEALED.split(".")[3]!;
  for (
    const text of ["", "{}", SEALED.slice(0, -1), SEALED.slice(0, 300), SEALED.replace(ciphertext, ""), ...foreign]
  ) {
    const place = keyringPlace(FILES);
    place.files.put(PATH, text);
    const corrupt = { code: "config-invalid", message: /"\/h\/.*": it is truncated or not a keyring file$/ };
    await rejects((await place.open([PASSWORD])).get("glass"), corrupt, text);
    await rejects((await place.open([PASSWORD])).set("glass", KEYS), corrupt, text);
    equal(place.files.text(PATH), text);
  }
});

Deno.test("file keyring: one changed letter is never read", async () => {
  const place = filled({ ATMOS_KEYRING_PASSWORD: PASSWORD });

  const at = SEALED.lastIndexOf(".") - 5;
  place.files.put(PATH, SEALED.slice(0, at) + (SEALED[at] === "A" ? "B" : "A") + SEALED.slice(at + 1));
  await rejects((await place.open()).get("glass"), { code: "login-denied" });
});

Deno.test("file keyring: a file that others may read, or have made, is refused with what mends it", async () => {
  for (
    const [options, hint] of [[{ mode: 0o640 }, `Restrict access: chmod 600 ${PATH}`], [
      { uid: 1 },
      /rm \/h/,
    ]] as const
  ) {
    const place = keyringPlace(FILES);
    place.files.put(PATH, SEALED, options);
    await rejects((await place.open([PASSWORD])).get("glass"), { code: "config-invalid", hint });
    equal(place.asked.length, 0);
  }
});

Deno.test("file keyring: what the disk refuses is told with the place", async () => {
  const place = filled();
  place.files.close(DIRECTORY, "read-only");
  await rejects((await place.open([PASSWORD])).remove("glass"), {
    code: "config-invalid",
    message: /^Cannot remove keyring "\/h\/.*": the file system is read-only/,
    hint: /ATMOS_KEYRING_FILE_PATH/,
  });
  const pipe = keyringPlace(FILES);
  pipe.files.directory(DIRECTORY, { mode: 0o700 });
  pipe.files.pipe(PATH);
  await rejects((await pipe.open([PASSWORD])).get("glass"), { code: "config-invalid", message: /a pipe, a socket/ });
});

Deno.test("file keyring: a forgotten password does not keep anybody from beginning anew", async () => {
  const place = filled();
  equal(await (await place.open()).remove("glass"), true);
  equal(place.files.text(PATH), undefined);
  await rejects((await place.open()).set("glass", KEYS), { code: "login-needed" });
  match(place.asked.at(-1)!.text, /^New password/);
});

Deno.test("file keyring: the directory of path, from HOME or from where one is; a name with slashes is one file", async () => {
  for (const [path, at] of [["~/keys", "/h/keys"], ["keys", "/keys"], ["/else/keys", "/else/keys"]] as const) {
    const place = keyringPlace({ ...FILES, path }, { env: { HOME: "/h", ATMOS_KEYRING_PASSWORD: PASSWORD } });
    const keyring = await place.open();
    await keyring.set("a/b%c", KEYS);
    deepEqual(place.files.reader.list(at).filter((name) => !name.endsWith("lock")), ["atmos_lab_a%2Fb%25c"]);
    equal((await keyring.get("A/B%C"))?.reveal(), "the keys of glass");
    equal(await keyring.remove("a/b%c"), true);
  }
  await rejects(keyringPlace(FILES, { env: {} }).open(), { code: "config-invalid", message: /HOME is not set/ });
});
