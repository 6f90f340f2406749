import { deepEqual, equal } from "node:assert/strict";
import { kubectlAdvice } from "../../../../../src/cli/commands/auth_login/kubectl_advice.ts";
import { AppError } from "../../../../../src/errors.ts";
import type { Integration } from "../../../../../src/integrations/contract/model.ts";
import type { IntegrationOutcome } from "../../../../../src/integrations/run_integrations.ts";
import { fakeHost, type FakeHostOptions } from "../../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../../support/host/memory_files.ts";

function ready(path: string, kind: Integration["kind"] = "aws/eks"): IntegrationOutcome {
  const result = { action: "unchanged", target: "a", name: "a", path } as const;
  return { integration: { name: "a", kind } as Integration, identity: "dev", result, ms: 1 };
}

function advice(outcomes: readonly IntegrationOutcome[], { env = {}, os }: FakeHostOptions = {}): string | undefined {
  const files = new MemoryFiles();
  files.put("/h/ours", "");
  files.symlink("/h/.kube/config", { to: "/h/ours" });
  const host = fakeHost({
    env: { HOME: "/h", ...env },
    files: { read: files.reader, write: files.writer },
    ...(os === undefined ? {} : { os }),
  });
  const { look, warnings } = kubectlAdvice(host, { identity: "dev ops", outcomes });
  deepEqual(warnings, []);
  return look;
}

Deno.test("a kubeconfig that kubectl does not read is told once, with what the shell takes", () => {
  const two = [ready("/k/one"), ready("/k/one"), ready("/k/two")];
  const start = "kubectl does not read /k/one and /k/two yet: ";
  equal(advice(two), `${start}eval "$(atmos auth env 'dev ops')"`);
  equal(
    advice(two, { env: { SHELL: "/usr/bin/fish" } }),
    `${start}atmos auth env 'dev ops' --format fish | source`,
  );
  equal(
    advice([ready("C:/k")], { os: "windows", env: { KUBECONFIG: "C:/other" } }),
    "kubectl does not read C:/k yet: atmos auth env 'dev ops' --format powershell | Out-String | Invoke-Expression",
  );
});

Deno.test("nothing is told of what kubectl reads, by whatever name, of registries and of what failed", () => {
  equal(advice([ready("/k/one")], { env: { KUBECONFIG: "/mine:/k/one" } }), undefined);
  equal(advice([ready("/h/ours")]), undefined);
  equal(advice([ready("/k/config.json", "aws/ecr")]), undefined);
  equal(advice([{ ...ready("/k/one"), result: new AppError("usage", "x") }]), undefined);
});
