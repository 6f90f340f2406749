import assert from "node:assert/strict";
import { AppError } from "../../../../src/errors.ts";
import { kubectlFiles, locateKubeconfig, refuseKubeconfigList } from "../../../../src/kube/kubeconfig/locate.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";
import { renderRemedy } from "../../../../src/cli/output/remedy.ts";

function host(env: Record<string, string>, os: "linux" | "windows" = "linux") {
  const files = new MemoryFiles();
  return fakeHost({ env, os, files: { read: files.reader, write: files.writer } });
}

Deno.test("the kubeconfig: what was asked for, else below the configuration home", () => {
  const home = { HOME: "/home/me" };
  assert.deepEqual(locateKubeconfig(host(home), undefined), {
    path: "/home/me/.config/atmos/kube/config",
    mode: 0o600,
  });
  assert.equal(locateKubeconfig(host({ ...home, XDG_CONFIG_HOME: "/x" }), undefined).path, "/x/atmos/kube/config");
  assert.equal(
    locateKubeconfig(host({ ...home, ATMOS_XDG_CONFIG_HOME: "/y", XDG_CONFIG_HOME: "/x" }), undefined).path,
    "/y/atmos/kube/config",
  );
  assert.deepEqual(locateKubeconfig(host(home), "~/.kube/config"), { path: "/home/me/.kube/config", mode: undefined });
  assert.equal(locateKubeconfig(host(home), "sub/../k").path, "/k");
  assert.equal(locateKubeconfig(host({}), "/abs").path, "/abs");
});

Deno.test("without HOME the error says how to name a file", () => {
  for (const asked of [undefined, "~/k"]) {
    assert.throws(
      () => locateKubeconfig(host({}), asked),
      (error: AppError) =>
        error.code === "kubeconfig-path" && error.exitStatus === 6 && /--kubeconfig PATH/.test(renderRemedy({}, error)),
    );
  }
});

Deno.test("a list of files is refused where one is to be changed, by the separator of the system", () => {
  const judge = (path: string, os: "linux" | "windows" = "linux") => {
    const made = host({}, os);
    for (const directory of ["/d", "/with:colon"]) made.write.mkdir(directory, 0o700);
    made.write.open("/d/a:b", { how: "new", mode: 0o600 }).close();
    return () => refuseKubeconfigList(made, { path });
  };
  for (const path of ["/a:/b", "/d/a:/d/b", "/d/a:", "/d/:a", "/no/such:dir/config"]) {
    assert.throws(
      judge(path),
      (error: AppError) =>
        error.code === "kubeconfig-path" && error.exitStatus === 6 &&
        error.message === `Cannot use kubeconfig "${path}": it is a list, and no file has that name` &&
        /--kubeconfig PATH or ATMOS_KUBECONFIG=PATH/.test(renderRemedy({}, error)),
    );
  }
  for (const path of ["/d/a:b", "/d/new", "/with:colon/new", "/no/such/file;x"]) judge(path)();
  assert.throws(judge("C:/a;C:/b", "windows"), { code: "kubeconfig-path" });
  judge("C:/a", "windows")();
});

Deno.test("kubectl's files: KUBECONFIG without its empty parts, else ~/.kube/config", () => {
  assert.deepEqual(kubectlFiles(host({ HOME: "/h" })), ["/h/.kube/config"]);
  assert.deepEqual(kubectlFiles(host({ HOME: "/h", KUBECONFIG: ":/a::b:" })), ["/a", "/b"]);
  assert.deepEqual(kubectlFiles(host({ KUBECONFIG: "C:/a;C:/b" }, "windows")), ["C:/a", "C:/b"]);
  assert.deepEqual(kubectlFiles(host({})), []);
});
