import assert from "node:assert/strict";
import { type ConfigHost, loadConfig } from "../../src/config/load_config.ts";
import { problemMessage } from "../../src/cli/project/load.ts";
import { AppError } from "../../src/errors.ts";
import { reader } from "../../src/host/files/files.ts";
import { NOTHING_NAMED } from "../support/config/config_files.ts";
import { fakeHost } from "../support/host/fake_host.ts";

const BROKEN = new URL("../testdata/config/broken", import.meta.url).pathname;

/** The real disk, of which only the one directory is to be seen; its `home` is HOME. */
function hostIn(directory: string): ConfigHost {
  const seen = (path: string) => path.startsWith(directory);
  const read = {
    ...reader,
    cwd: () => directory,
    stat: (path: string) => seen(path) ? reader.stat(path) : undefined,
    lstat: (path: string) => seen(path) ? reader.lstat(path) : undefined,
  };
  return { ...fakeHost({ env: { HOME: `${directory}/home` } }), read };
}

/** What a user would be told, with the directory left out. */
async function complaints(directory: string): Promise<string> {
  const text = await told(hostIn(directory));
  return `${text.replaceAll(`${directory}/`, "")}\n`;
}

async function told(host: ConfigHost): Promise<string> {
  try {
    const { problems } = await loadConfig(host, NOTHING_NAMED);
    return problems.map((problem) => {
      const { severity, place: { file, line, column }, path } = problem;
      return `${severity} ${file}:${line}:${column}: ${path}: ${problemMessage(fakeHost(), problem)}`;
    }).join("\n");
  } catch (error) {
    if (!(error instanceof AppError) || error.place === undefined) throw error;
    const { code, message, hint, place } = error;
    const lines = [`${code} ${place.file}:${place.line}:${place.column}: ${message}`];
    return [...lines, ...(hint === undefined ? [] : [`Hint: ${hint}`])].join("\n");
  }
}

for (const name of reader.list(BROKEN)) {
  Deno.test(`broken configuration: ${name}`, async () => {
    const directory = `${BROKEN}/${name}`;
    const expected = new TextDecoder().decode(reader.bytes(`${directory}/expected.txt`));
    assert.match(expected, /^[a-z-]+ \S+:\d+:\d+: \S/, "an expectation names file, line and column");
    assert.equal(await complaints(directory), expected);
  });
}

Deno.test("there are at least 60 broken configurations", () => {
  assert.ok(reader.list(BROKEN).length >= 60, `only ${reader.list(BROKEN).length}`);
});
