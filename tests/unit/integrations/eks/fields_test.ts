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
function isUnasked(path: string, { links = {}, HOME = "/home/u", files: there = {} }: Partial<Linked> = {}): boolean {
  const files = new MemoryFiles();
  for (const [file, text] of Object.entries(there)) files.put(file, text);
  for (const [link, to] of Object.entries(links)) files.symlink(link, { to });
  const read = { ...files.reader, cwd: () => "/home/u/clone" };
  const host = fakeHost({ env: { HOME }, files: { read, write: files.writer } });
  const parent = locatedFrom(`path: ${JSON.stringify(path)}\n`);
  return KUBECONFIG_PATH.unless!.holds(host, { value: valueAt(parent, ["path"])!, parent });
}

Deno.test("below ~/.kube kubeconfigs are ordinary, and what kubectl and atmos keep beside them is not", () => {
  for (
    const name of [
      "config",
      "dev",
      "clusters/dev.yaml",
      "config.d/prod",
      "dev-env",
      "src",
      "config.prod",
      "lock",
      "config.bakery",
      "kubeconfig.yaml",
      "dev-kubeconfig.yml",
      "contexts/b.yaml",
      "eksctl/clusters/dev",
      "dev/config",
      "eks/config-prod",
      "backup.yaml",
      "eks-prod.yml",
    ]
  ) {
    equal(isUnasked(`~/.kube/${name}`), true, name);
  }
  const beside = ["lock", "bak", "bak.2", "atmos-lock", "atmos-tmp", "atmos-old", "atmos-new", "LOCK", "tmp"];
  const names = [
    ...beside.map((end) => `config.${end}`),
    ...["config~", ".config", "kuberc", "cache/x", "http-cache/x", "cache/discovery/h/servergroups.json", "dev.lock/x"],
    ...[
      "completion.bash.inc",
      "completion.zsh",
      "kubectl_completion",
      "aliases",
      "dev.sh",
      "dev.fish",
      "kubectlrc",
    ],
    ...["dev.env", "env", "dev.inc", "dev.py", "functions", "k.zsh.yaml"],
    ...[
      "profile",
      "zprofile",
      "envrc",
      "login",
      "exports",
      "kubectx",
      "kubens/dev",
      "switch-config.yaml",
      "a\u202eb",
      "a\nb",
    ],
    ...["../.kube/config.lock", "clusters/dev.bak", "config.backup", "config.old", "config.orig", "config.save"],
    ...["config.swp", "config.dpkg-old", "config.rpmsave", "config.bak-2", "config.old.1", "config~1"],
    // What other programs read there, and a directory in the place of kubectl's own file, or of theirs.
    ...["kubie.yaml", "color.yaml", "kube-ps1/disabled", "konf/store/dev", "a.b", "my cluster"],
    ...[
      "config/x",
      "Config/x",
      "kubie.yaml/config",
      "kubectx/config",
      "configs/package.json",
      "configs/mise.toml",
      "team/dev",
      "clusters/config.lock",
      "Makefile",
    ],
  ];
  for (const name of names) equal(isUnasked(`~/.kube/${name}`), false, name);
});

Deno.test("a kubeconfig that is there is ordinary whatever it is called, and any other file is not", () => {
  const context = "apiVersion: v1\nkind: Config\ncontexts: [{name: a, context: {cluster: b, user: c}}]\n";
  equal(isUnasked("~/.kube/my.teams.yaml", { files: { "/home/u/.kube/my.teams.yaml": context } }), true);
  for (const text of ["", "kind: Config\n", "shell: bash\n", "contexts: []\n", "{", "#!/bin/sh\n"]) {
    equal(isUnasked("~/.kube/my.teams.yaml", { files: { "/home/u/.kube/my.teams.yaml": text } }), false, text);
  }
  equal(isUnasked("~/.kube/x.fish", { files: { "/home/u/.kube/x.fish": context } }), false);
});

Deno.test("a path that KUBECONFIG would take for a list of files is not ordinary", () => {
  for (const name of ["a:evil/config", "a:", ":", ":evil", "d/:evil", "a:/etc/x", "config:", "a;evil/config", ";"]) {
    equal(isUnasked(`~/.kube/${name}`), false, name);
    equal(isUnasked(`/home/u/.kube/${name}`), false, name);
  }
});

interface Linked {
  readonly links: Readonly<Record<string, string>>;
  readonly HOME: string;
  /** Files that are there. */
  readonly files: Readonly<Record<string, string>>;
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
