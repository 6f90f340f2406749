/** A process that saves one cluster's entry, again and again if asked: `kubeconfig_writer.ts FILE CLUSTER [TIMES]`. */
import { denoHost } from "../../src/host/deno.ts";
import { awsPlugin } from "../../src/kube/exec/exec_plugin.ts";
import { saveEntries } from "../../src/kube/kubeconfig/save.ts";

const [path, name, times = "1"] = Deno.args as [string, string, string?];
const arn = `arn:aws:eks:us-east-2:123456789012:cluster/${name}`;

// Tells who waits for it that the work begins now.
Deno.stdout.writeSync(new TextEncoder().encode("ready\n"));

for (let time = 0; time < Number(times); time++) {
  await saveEntries(denoHost(), {
    location: { path, mode: 0o600 },
    edits: [{
      update: "merge",
      switchContext: "if-none",
      facts: {
        name,
        arn,
        // Every time another endpoint, so that every time there is something to write.
        endpoint: `https://${name}-${time}.example.test`,
        certificateAuthorityData: btoa(name.padEnd(1_100, "x")),
        region: "us-east-2",
        account: "123456789012",
        alias: name,
        exec: awsPlugin({ clusterName: name, region: "us-east-2" }),
      },
    }],
  });
}
