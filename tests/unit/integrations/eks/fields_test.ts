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
function isUnasked(path: string): boolean {
  const files = new MemoryFiles();
  const host = fakeHost({ env: { HOME: "/home/u" }, files: { read: files.reader, write: files.writer } });
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
