import assert from "node:assert/strict";
import { loadConfig, untrustedFiles } from "../../../../src/config/load_config.ts";
import { writesOutsideHome } from "../../../../src/config/trust/writes_outside_home.ts";
import { configWorld, type ConfigWorldOptions, NOTHING_NAMED } from "../../../support/config/config_files.ts";

const REPO = "/home/me/repo";
const FILE = `${REPO}/atmos.yaml`;

async function outside(
  text: string,
  { links = {}, ...options }: ConfigWorldOptions & { links?: Record<string, string> } = {},
) {
  const { host, disk } = configWorld({ ...options, files: { [FILE]: text, ...options.files } });
  for (const [path, to] of Object.entries(links)) disk.symlink(path, { to });
  const config = await loadConfig(host, { ...NOTHING_NAMED, trust: true });
  return writesOutsideHome(host, config).map(({ path }) => path);
}

const kubeconfig = (path: string) => `auth: {integrations: {a: {spec: {cluster: {kubeconfig: {path: "${path}"}}}}}}\n`;
const KUBECONFIG = "auth.integrations.a.spec.cluster.kubeconfig.path";

Deno.test("links on the way count, as the system follows them", async () => {
  const links = {
    [`${REPO}/out`]: "/srv/deep",
    [`${REPO}/f`]: "/srv/none",
    [`${REPO}/r`]: "../../../srv",
    [`${REPO}/loop`]: "loop",
  };
  const files = { "/srv/deep/x": "", [`${REPO}/in/x`]: "" };
  for (const path of ["out/k", "~/repo/out/k", "./f", "r/k", `${REPO}/in/../out/k`, "out/../k", "loop/k"]) {
    assert.deepEqual(await outside(kubeconfig(path), { links, files }), [KUBECONFIG], path);
  }
  for (const path of ["in/k", "in/new/k", "~/k", "in/../k"]) {
    assert.deepEqual(await outside(kubeconfig(path), { links, files }), [], path);
  }
});

Deno.test("links of HOME itself lead nowhere else", async () => {
  const links = { "/h": "/home/me" };
  const env = { HOME: "/h" };
  for (const path of ["~/k", "/h/k", "/home/me/k", "k"]) {
    assert.deepEqual(await outside(kubeconfig(path), { links, env }), []);
  }
  assert.deepEqual(await outside(kubeconfig("/home/you/k"), { links, env }), [KUBECONFIG]);
});

Deno.test("a relative path is judged from the base path as well, and then base_path needs trust, too", async () => {
  const both = [KUBECONFIG, "base_path"];
  assert.deepEqual(await outside(`${kubeconfig("k")}base_path: /srv\n`), both);
  assert.deepEqual(await outside(`${kubeconfig("k")}base_path: ./out\n`, { links: { [`${REPO}/out`]: "/srv" } }), both);
  assert.deepEqual(await outside(`${kubeconfig("~/k")}base_path: /srv\n`), []);
  assert.deepEqual(await outside(`${kubeconfig("k")}base_path: ./in\n`), []);
  const { host } = configWorld({
    files: { "/home/me/.atmos/atmos.yaml": kubeconfig("k"), [FILE]: "base_path: /srv\n" },
  });
  assert.deepEqual(await untrustedFiles(host, NOTHING_NAMED), [
    { path: FILE, reason: "its base_path writes outside HOME" },
  ]);
});

Deno.test("what is no text is nobody's path in the auth section, and is left to its shape; elsewhere the text counts", async () => {
  const bare = (path: string) => kubeconfig("k").replace('"k"', path);
  for (const path of ["5", "true", "1.5", "~"]) assert.deepEqual(await outside(`${bare(path)}base_path: /srv\n`), []);
  assert.deepEqual(await outside(`${bare('"5"')}base_path: /srv\n`), [KUBECONFIG, "base_path"]);
  assert.deepEqual(await outside("components: {helmfile: {kubeconfig_path: 5}}\nbase_path: /srv\n"), [
    "components.helmfile.kubeconfig_path",
    "base_path",
  ]);
});

Deno.test("every setting that says where to write counts; streams and shared memory do not", async () => {
  const settings = (path: string) =>
    `auth: {logs: {file: ${path}}, keyring: {spec: {path: ${path}}}, providers: {p: {spec: {files: {base_path: ${path}}}}}}\n` +
    `logs: {file: ${path}}\ncomponents: {helmfile: {kubeconfig_path: ${path}}}\n` +
    `integrations: {a: {spec: {cluster: {kubeconfig: {path: ${path}}}}}}\n`;
  assert.deepEqual((await outside(settings("/srv/x"))).sort(), [
    "auth.keyring.spec.path",
    "auth.logs.file",
    "auth.providers.p.spec.files.base_path",
    "components.helmfile.kubeconfig_path",
    "integrations.a.spec.cluster.kubeconfig.path",
    "logs.file",
  ]);
  for (const path of ["/dev/stderr", "/dev/stdout", "/dev/null", "/dev/shm", "~/x"]) {
    assert.deepEqual(await outside(settings(path)), [], path);
  }
  assert.equal((await outside(settings("/dev/sda"))).length, 6);
});
