import { equal } from "node:assert/strict";
import { KUBECONFIG_PATH, PEM_BASE64 } from "../../../../src/integrations/eks/fields.ts";
import { valueAt } from "../../../../src/config/values/look_up.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";

Deno.test("a certificate is found in base64 wherever it begins and ends", () => {
  for (const before of ["", "#", "# ", "# a", "# my bundle\n"]) {
    for (const body of ["\nAAAA\n", "\nAAAAA\n", "\nAAAAAA\n"]) {
      for (const after of ["", "\n", "\n\n"]) {
        const pem = before + BEGIN + body + END + after;
        equal(PEM_BASE64.test(btoa(pem)), true, pem);
      }
    }
  }
});

Deno.test("what has no certificate in it, and what is not base64 on one line", () => {
  const whole = btoa(`${BEGIN}\nAAAA\n${END}\n`);
  const others = [
    ...[
      "",
      "hello",
      BEGIN,
      `${BEGIN}\nAAAA\n`,
      `${END}${BEGIN}`,
      "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
    ]
      .map((text) => btoa(text)),
    ...[`${whole}=`, whole.slice(0, -1), ` ${whole}`, `${whole}\n`, `${BEGIN}\nAAAA\n${END}`],
  ];
  for (const text of others) equal(PEM_BASE64.test(text), false, text);
});

/** Whether a kubeconfig below HOME may be written unasked. */
function isUnasked(path: string, { links = {}, HOME = "/home/u" }: Partial<Linked> = {}): boolean {
  const files = new MemoryFiles();
  for (const [link, to] of Object.entries(links)) files.symlink(link, { to });
  const read = { ...files.reader, cwd: () => "/home/u/clone" };
  const host = fakeHost({ env: { HOME }, files: { read, write: files.writer } });
  const parent = locatedFrom(`path: ${JSON.stringify(path)}\n`);
  return KUBECONFIG_PATH.unless!.holds(host, { value: valueAt(parent, ["path"])!, parent });
}

Deno.test("below ~/.kube kubeconfigs are ordinary, and what kubectl and atmos keep beside them is not", () => {
  for (const name of ["config", "dev", "clusters/dev.yaml", "config.d/prod", "lock", "backup.yaml", "config.bakery"]) {
    equal(isUnasked(`~/.kube/${name}`), true, name);
  }
  const beside = ["lock", "bak", "bak.2", "atmos-lock", "atmos-tmp", "atmos-old", "atmos-new", "LOCK", "tmp"];
  const names = [
    ...beside.map((end) => `config.${end}`),
    ...["config~", ".config", "kuberc", "cache/x", "http-cache/x", "cache/discovery/h/servergroups.json", "dev.lock/x"],
    ...["../.kube/config.lock", "clusters/dev.bak"],
  ];
  for (const name of names) equal(isUnasked(`~/.kube/${name}`), false, name);
});

interface Linked {
  readonly links: Readonly<Record<string, string>>;
  readonly HOME: string;
}

Deno.test("a link from elsewhere to what is ordinary is not, since it may lead elsewhere by the time it is used", () => {
  const links = {
    "/home/u/clone/k": "/home/u/.kube",
    "/home/u/clone/file": "/home/u/.kube/team",
    "/home/u/clone/default": "/home/u/.config/atmos/kube/config",
    "/home/u/clone/up": "..",
    "/home/u/near": "/home/u/.kube",
  };
  const beyond = ["k/team", "./k/team", "file", "default", "up/.kube/team", "~/near/team"];
  for (const path of [...beyond, ...beyond.map((one) => one.startsWith("~") ? one : `~/clone/${one}`)]) {
    equal(isUnasked(path, { links }), false, path);
    equal(isUnasked(path), false, `${path} without links`);
  }
  for (const path of ["../.kube/team", "~/clone/../.kube/team", "/home/u/.kube/team", "~/.config/atmos/kube/config"]) {
    equal(isUnasked(path, { links }), true, path);
  }
});

Deno.test("links of the user's own, of HOME, ~/.kube and in it, lead to what is ordinary, or out of it", () => {
  const links = {
    "/home/u/.kube": "/home/u/dot/kube",
    "/home/u/dot/kube/in": "clusters",
    "/home/u/dot/kube/out": "/o",
  };
  const home = { links: { ...links, "/home/me": "/home/u" }, HOME: "/home/me" };
  for (const path of ["~/.kube/team", "~/.kube/in/team", "/home/u/dot/kube/team"]) {
    equal(isUnasked(path, { links }), true, path);
    equal(isUnasked(path, home), true, `${path} by a link of HOME`);
  }
  for (const path of ["~/.kube/out/team", "~/.kube/out"]) equal(isUnasked(path, { links }), false, path);
});
