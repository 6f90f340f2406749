import assert from "node:assert/strict";
import { LinePlaces, readSource } from "../../../../src/config/files/source_file.ts";
import { AppError } from "../../../../src/errors.ts";
import { configWorld } from "../../../support/config/config_files.ts";
import { placeAt } from "../../../../src/formats/text/position.ts";

const FILE = "/home/me/atmos.yaml";

function refusal(prepare: (world: ReturnType<typeof configWorld>) => void): AppError {
  const world = configWorld({});
  prepare(world);
  try {
    readSource(world.host, FILE);
  } catch (error) {
    assert.ok(error instanceof AppError);
    return error;
  }
  return assert.fail("it was read");
}

Deno.test("what is no ordinary file of a sane size is refused before it is read", () => {
  const found = [
    refusal(({ disk }) => disk.put(FILE, `a: ${"x".repeat(4 * 1024 * 1024)}`)),
    refusal(({ disk }) => disk.pipe(FILE)),
    refusal(({ disk }) => disk.directory(FILE)),
  ];
  assert.deepEqual(
    found.map(({ code, message, place }) => [code, message, place]),
    [
      "it is larger than 4 MiB",
      "it is not a regular file",
      "it is not a regular file",
    ].map((what) => [
      "config-invalid",
      `Cannot read configuration "${FILE}": ${what}`,
      { file: FILE, line: 1, column: 1 },
    ]),
  );
});

Deno.test("a file that is not there, and one that may not be read", () => {
  assert.equal(refusal(() => {}).code, "config-not-found");
  const denied = refusal(({ disk }) => {
    disk.put(FILE, "a: 1");
    disk.failAt(2, "denied");
  });
  assert.deepEqual([denied.code, denied.message], [
    "config-invalid",
    `Cannot read configuration "${FILE}": permission denied`,
  ]);
});

Deno.test("every offset of awkward texts is where placeAt says it is", () => {
  for (const text of ["", "a", "\n\n", "a\r\nbc\r\n", "\uFEFFab\ncd", "é\n😀x\n"]) {
    const lines = new LinePlaces(text);
    for (let at = 0; at <= text.length; at++) assert.deepEqual(lines.at(at), placeAt(text, at), `${at} of ${text}`);
  }
});
