import { deepEqual, equal, match } from "node:assert/strict";
import { KUBECONFIG } from "../support/config/multi_cluster.ts";
import { atmosWords } from "../support/atmos/run_atmos.ts";
import { contextWorld, line } from "../support/runs/context_run.ts";
import { NOBODY } from "../support/runs/login_run.ts";

const THEIRS = `apiVersion: v1
kind: Config
clusters: [{name: theirs, cluster: {server: "https://theirs.example"}}]
contexts: [{name: dev, context: {cluster: theirs, user: ""}}]
users: []
`;
const HIDDEN =
  /^Warning: context dev of \S+\/\.kube\/config is hidden by the one in \S+\/atmos\/kube\/config in auth env/m;

Deno.test("shadowed contexts: a context of the user's own is not hidden without a word, nor by one that is new", async () => {
  await using world = await contextWorld();
  world.home.write(".kube/config", THEIRS);
  const variables = line([...atmosWords(), "auth", "env", "dev-admin"]);
  const commands = [
    ["auth", "exec", "-i", "dev-admin", "--", "true"],
    ["auth", "shell", "-i", "dev-admin", "--shell", "sh", "--", "-c", "true"],
    ["auth", "exec", "-i", "dev-admin", "--", "sh", "-c", variables],
    ["auth", "login", "dev-admin"],
    ["aws", "eks", "update-kubeconfig", "--integration", "dev/eks"],
  ];
  for (const args of commands) {
    const { status, stderr } = await world.run(args, NOBODY);
    equal(status, 0, stderr);
    match(stderr, HIDDEN, args.join(" "));
  }
  Deno.removeSync(world.home.at(KUBECONFIG));
  for (const args of [["auth", "login", "dev-admin", "--strict"], commands.at(-1)!]) {
    const { status, stderr } = await world.run(args, NOBODY);
    match(stderr, /Cannot use context name "dev": it belongs to another cluster in "\S+\/\.kube\/config"/);
    equal(status === 0, false);
  }
  equal(world.home.read(KUBECONFIG), undefined);
  equal(world.home.read(".kube/config"), THEIRS);
  const named = [...commands.at(-1)!, "--alias", "ours"];
  equal((await world.run(named, NOBODY)).status, 0);
});

/** As kubeadm names what it makes. */
const kubeadm = (server: string) => ({
  clusters: `- {name: kubernetes, cluster: {server: "https://${server}.example"}}\n`,
  contexts: "- {name: admin@kubernetes, context: {cluster: kubernetes, user: kubernetes-admin}}\n",
  users: `- {name: kubernetes-admin, user: {token: of-${server}}}\n`,
});

Deno.test("shadowed contexts: what else is in a file of the identity stands behind the user's own", async () => {
  await using world = await contextWorld();
  const lab = Object.entries(kubeadm("lab")).map(([section, entry]) => `${section}:\n${entry}`).join("");
  world.home.write(".kube/config", `apiVersion: v1\nkind: Config\n${lab}`);
  const ours = world.home.read(KUBECONFIG)!;
  const prod = Object.entries(kubeadm("prod"))
    .reduce((text, [section, entry]) => text.replace(`\n${section}:\n`, `\n${section}:\n${entry}`), `\n${ours}`)
    .trimStart();
  const order = async () => {
    const variables = line([...atmosWords(), "auth", "env", "dev-admin"]);
    const shown = 'printf "%s\\n" "$KUBECONFIG"';
    const commands = [["sh", "-c", shown], ["sh", "-c", `unset KUBECONFIG; eval "$(${variables})"; ${shown}`]];
    return await Promise.all(commands.map(async (command) => {
      const { status, stdout, stderr } = await world.run(["auth", "exec", "-i", "dev-admin", "--", ...command], NOBODY);
      equal(status, 0, stderr);
      return stdout.trim().split(":").filter((path) => !path.includes("/state/"))
        .map((path) => path.replace(world.home.path, "~"));
    }));
  };
  const [own, user] = [`~/${KUBECONFIG}`, "~/.kube/config"];
  deepEqual(await order(), [[own, user], [own, user]]);
  world.home.write(KUBECONFIG, prod);
  deepEqual(await order(), [[user, own], [user, own]]);
});
