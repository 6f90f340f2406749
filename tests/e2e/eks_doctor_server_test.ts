import { deepEqual, equal, match } from "node:assert/strict";
import { type DoctorCase, editEntry, testCases } from "../support/runs/doctor_case.ts";
import { addEntry, type DoctorWorld, doctorWorld } from "../support/runs/doctor_world.ts";
import { startProxy } from "../support/standin/proxy.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { CA_DATA } from "../support/standin/clusters.ts";

/** A name that no resolver has. */
const NOWHERE = "https://GONE0123456789.gr7.us-east-2.eks.amazonaws.com";
/** Nothing listens there any more. */
const CLOSED_PORT = closedPort();

function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** The cluster is moved to another endpoint, and the entry follows. */
function moved(
  endpoint: string,
  more: DoctorCase["cluster"] = {},
): Pick<DoctorCase, "cluster" | "break" | "hasNoEntry"> {
  return { cluster: { endpoint, ...more }, hasNoEntry: true, break: (world: DoctorWorld) => addEntry(world) };
}

testCases({
  "a name that does not resolve": {
    ...moved(NOWHERE),
    status: 7,
    steps: {
      dns: ["failure", /Cannot reach "gone0123456789\.\S+:443": the name does not resolve/i],
      tcp: ["skipped", /not reached/],
      authentication: ["skipped", /the API server was not reached/],
      access: ["skipped", /the principal of the token was not checked/],
      authorization: ["skipped", /the API server was not reached/],
    },
  },
  "a private endpoint, from outside of its VPC": {
    ...moved(NOWHERE, { resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true } }),
    status: 7,
    steps: { dns: ["failure", /does not resolve/, /Its endpoint is private: connect from its VPC/] },
  },
  "a closed port": {
    ...moved(`https://127.0.0.1:${CLOSED_PORT}`, {
      resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
    }),
    status: 7,
    steps: {
      dns: ["ok", /resolves/],
      tcp: ["failure", /Cannot reach "127\.0\.0\.1:\d+": connection refused/],
      tls: ["skipped", /not reached/],
    },
  },
  "an endpoint for a few networks only": {
    ...moved(`https://localhost:${CLOSED_PORT}`, {
      resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
    }),
    status: 7,
    steps: { tcp: ["failure", /connection refused/, /from 203\.0\.113\.0\/24 only/] },
  },
  "a certificate of another authority": {
    cluster: { certificateAuthority: { data: CA_DATA } },
    status: 7,
    steps: {
      tcp: ["ok", /accepts connections/],
      tls: [
        "failure",
        /its TLS certificate is not trusted/,
        /not signed by the cluster's certificate authority: there may be a proxy in between/,
      ],
      server: ["skipped", /not reached/],
    },
  },
  "the HTML of a proxy": {
    kube: { page: true },
    status: 7,
    steps: {
      tls: ["ok", /is trusted/],
      server: ["failure", /answers with an HTML page \(status 200\): a proxy or captive portal/, /NO_PROXY/],
      authentication: ["skipped", /not reached/],
    },
  },
  "a proxy that is not there": {
    break: ({ variables }) => void (variables["HTTPS_PROXY"] = "http://127.0.0.1:1"),
    status: 7,
    steps: {
      tcp: [
        "failure",
        /connection refused/,
        /The proxy of HTTPS_PROXY \(http:\/\/127\.0\.0\.1:1\).*add 127\.0\.0\.1 to NO_PROXY/,
      ],
    },
  },
  "a host that this build may not reach": {
    ...moved("https://k8s.example.com"),
    status: 7,
    steps: { server: ["failure", /may not connect to k8s\.example\.com/, /--allow-host k8s\.example\.com/] },
  },
  "a proxy of the entry's own that is not there": {
    break: (world) => editEntry(world, /^( +)server:/m, "$1proxy-url: http://127.0.0.1:1\n$1server:"),
    status: 7,
    steps: {
      tcp: ["failure", /connection refused/, /The entry's proxy-url \(http:\/\/127\.0\.0\.1:1\) leads to it/],
      authentication: ["skipped", /not reached/],
    },
  },
  "a tunnel": {
    ...moved(NOWHERE),
    async break(world) {
      await addEntry(world);
      editEntry(
        world,
        /^( +)server:.*/m,
        `$1server: ${world.kube.url}\n$1tls-server-name: ${new URL(NOWHERE).hostname}`,
      );
      editEntry(world, /^ +- --endpoint\n.*\n/m, "");
    },
    status: 7,
    steps: { entry: ["ok", /through https:\/\/127\.0\.0\.1:\d+, as gone/i], dns: ["failure", /does not resolve/] },
  },
  "a cluster that is being created": {
    break: ({ aws }) => void aws.clusters.splice(0, 1, { ...aws.clusters[0]!, status: "CREATING" }),
    status: 5,
    steps: {
      cluster: ["failure", /is CREATING$/, /^aws eks wait cluster-active --name dev-cluster --region us-east-2$/m],
    },
    isFixed: ({ aws }) => void aws.clusters.splice(0, 1, { ...aws.clusters[0]!, status: "ACTIVE" }),
    programs: ["aws"],
  },
  "a cluster that has failed": {
    break: ({ aws }) => void aws.clusters.splice(0, 1, { ...aws.clusters[0]!, status: "FAILED" }),
    status: 5,
    steps: { cluster: ["failure", /is FAILED$/] },
  },
});

Deno.test({
  name: "doctor: every step to the API server goes through the entry's own proxy, whatever NO_PROXY says",
  ignore: !hasProgram("openssl", "doctor: a proxy of the entry's own"),
  async fn() {
    await using world = await doctorWorld();
    await addEntry(world);
    const { host, port } = new URL(world.kube.url);
    await using proxy = await startProxy(Number(port));
    editEntry(world, /^( +)server:/m, `$1proxy-url: ${proxy.url}\n$1server:`);
    world.variables["NO_PROXY"] = "127.0.0.1";
    const { run, steps } = await world.doctor();
    equal(run.status, 0, run.stdout);
    const state = (id: string) => steps.find((step) => step.id === id)?.state;
    deepEqual(["dns", "tcp", "tls", "server", "authentication", "authorization"].map(state), Array(6).fill("ok"));
    deepEqual([...new Set(proxy.asked)], [`CONNECT ${host}`]);
    // A working tree may not say where tokens go.
    const asked = proxy.asked.length;
    world.home.write("repo/kubeconfig", world.home.read(".kube/config")!, 0o600);
    world.variables["KUBECONFIG"] = world.home.at("repo/kubeconfig");
    const other = await world.doctor();
    match(other.steps.find(({ id }) => id === "tcp")!.found, /working tree names the proxy \(proxy-url\)/);
    equal(proxy.asked.length, asked);
  },
});
