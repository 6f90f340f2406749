import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { type ConfigInput, loadConfig } from "../../../src/config/load_config.ts";
import { AppError } from "../../../src/errors.ts";
import { FileError, type FileErrorKind } from "../../../src/host/files/file_error.ts";
import { type ConfigWorld, configWorld, NOTHING_NAMED } from "../../support/config/config_files.ts";

const REPO = "/home/me/repo";
const FILES = { [`${REPO}/atmos.yaml`]: "base_path: .\n" };

interface Closed {
  readonly path: string;
  readonly how?: FileErrorKind;
}

/** Neither the directory nor anything in it can be looked at. */
async function load({ host }: ConfigWorld, { path, how = "denied" }: Closed, input: Partial<ConfigInput> = {}) {
  const refuse = <T>(inner: (path: string) => T, isInside: boolean) => (one: string) => {
    if ((!isInside && one === path) || one.startsWith(`${path}/`)) throw new FileError(how, one, "open");
    return inner(one);
  };
  const { stat, lstat, list } = host.read;
  const read = { ...host.read, stat: refuse(stat, true), lstat: refuse(lstat, true), list: refuse(list, false) };
  return await loadConfig({ ...host, read }, { ...NOTHING_NAMED, ...input });
}

Deno.test("directories that hold configuration and are closed to us are warned about", async () => {
  for (const path of ["/home/me/.atmos", `${REPO}/.atmos.d`, `${REPO}/atmos.d`, "/usr/local/etc/atmos"]) {
    const world = configWorld({ files: { ...FILES, [`${path}/atmos.yaml`]: "x: 1" } });
    const { problems } = await load(world, { path });
    deepEqual(problems, [{
      severity: "warning",
      place: { file: path, line: 1, column: 1 },
      path: "",
      message: "cannot be read: permission denied; configuration in it does not count",
    }]);
  }
  deepEqual((await load(configWorld({ files: FILES }), { path: "/elsewhere" })).problems, []);
});

Deno.test("a profile that was asked for must be readable and hold something", async () => {
  const path = `${REPO}/profiles/ci`;
  const failure = async (world: ConfigWorld, closed: Closed) => {
    const error = await load(world, closed, { profiles: ["ci"] }).then(() => undefined, (error: unknown) => error);
    ok(error instanceof AppError);
    return [error.code, error.message];
  };
  const there = configWorld({ files: { ...FILES, [`${path}/x.yaml`]: "x: 1" } });
  deepEqual(await failure(there, { path }), [
    "config-invalid",
    `Cannot use configuration profile "ci": ${path}: permission denied`,
  ]);
  const empty = configWorld({ files: { ...FILES, [`${path}/notes.txt`]: "" } });
  deepEqual(await failure(empty, { path: "/none" }), [
    "config-not-found",
    `Cannot use configuration profile "ci": no YAML file is in ${path}`,
  ]);
});

Deno.test("what has the name of a configuration and is no file is an error", async () => {
  const directory = configWorld({ files: { [`${REPO}/atmos.yaml/x`]: "" } });
  const dangling = configWorld({});
  dangling.disk.symlink(`${REPO}/atmos.yaml`, { to: "gone.yaml" });
  const looping = configWorld({});
  looping.disk.symlink(`${REPO}/.atmos.yaml`, { to: ".atmos.yaml" });
  for (const world of [directory, dangling, looping]) {
    const error = await loadConfig(world.host, NOTHING_NAMED).then(() => undefined, (error: unknown) => error);
    ok(error instanceof AppError);
    equal(error.code, "config-invalid");
    match(error.message, /^Cannot read configuration ".*\.?atmos\.yaml": it is a (directory|link to something .*)$/);
  }
  const linked = configWorld({ files: { [`${REPO}/real.yaml`]: "x: 1" } });
  linked.disk.symlink(`${REPO}/atmos.yaml`, { to: "real.yaml" });
  deepEqual((await loadConfig(linked.host, NOTHING_NAMED)).files, [`${REPO}/atmos.yaml`]);
  await rejects(loadConfig(directory.host, { ...NOTHING_NAMED, configFiles: ["atmos.yaml"] }), /no such file/);
});
