import assert from "node:assert/strict";
import { parse } from "yaml";
import { memoryAtmos, type MemoryRun } from "../support/atmos/memory_atmos.ts";
import { MemoryFiles } from "../support/host/memory_files.ts";
import { RandomKubeconfig } from "../support/random/kubeconfig.ts";
import { RandomSource } from "../support/random/source.ts";
import { cluster } from "../support/standin/clusters.ts";

const FOLDER = "/home/me/kube";
const PATH = `${FOLDER}/k`;
const FOUND = cluster("dev-cluster");
const OTHER = FOUND.arn.replace("dev-cluster", "other");
const USER = "user-dev-cluster";
const DOCUMENT = "apiVersion: v1\nkind: Config\n";

/** A kubeconfig with a context that joins a cluster and a user. */
function joined(context: string, { cluster, user }: { readonly cluster: string; readonly user: string }): string {
  const clusters = `clusters:\n- name: ${cluster}\n  cluster:\n    server: https://old.example\n`;
  const contexts = `contexts:\n- name: ${context}\n  context:\n    cluster: ${cluster}\n    user: ${user}\n`;
  return `${DOCUMENT}${clusters}${contexts}users:\n- name: ${user}\n  user:\n    token: abc\n`;
}

type State = (files: MemoryFiles) => void;
const holding = (text: string): State => (files) => files.put(PATH, text, { mode: 0o600 });

/** What may be where the kubeconfig is to be. */
const STATES: Record<string, State> = {
  "nothing": () => {},
  "no directory": (files) => files.writer.remove(FOLDER),
  "an empty file": holding(""),
  "an empty document": holding("---\n"),
  "a plain file": holding(joined("mine", { cluster: "mine", user: "me" })),
  "our context, of another cluster": holding(joined("dev", { cluster: OTHER, user: "me" })),
  "our context, of no cluster": holding(`${DOCUMENT}contexts:\n- name: dev\n  context: {}\n`),
  "our user's name, of another cluster": holding(joined("mine", { cluster: OTHER, user: USER })),
  "both names of our user": holding(
    `${joined("mine", { cluster: OTHER, user: USER })}- name: ${USER}@123456789012.us-east-2\n  user: {token: a}\n`,
  ),
  "our cluster, of another user": holding(joined("mine", { cluster: FOUND.arn, user: "me" })),
  "a text that is cut": holding("clusters: [broken\n"),
  "a list": holding("- a\n"),
  "another kind": holding("apiVersion: apps/v1\nkind: Deployment\n"),
  "two documents": holding(`${DOCUMENT}---\n${DOCUMENT}`),
  "duplicate names": holding(`${DOCUMENT}users:\n- name: a\n- name: a\n`),
  "keys from elsewhere": holding(`${DOCUMENT}contexts:\n- &c\n  name: dev\n  context: {<<: {cluster: x}}\n`),
  "a tab": holding("clusters:\n\t- a\n"),
  "bytes that are no text": (files) => {
    const file = files.writer.open(PATH, { how: "new", mode: 0o600 });
    file.write(new Uint8Array([0x61, 0xff, 0xfe]));
    file.close();
  },
  "a directory": (files) => files.directory(PATH),
  "a pipe": (files) => files.pipe(PATH),
  "a file where the directory is to be": (files) => {
    files.writer.remove(FOLDER);
    files.put(FOLDER, "a");
  },
  "a link to a file": (files) => {
    files.put("/home/me/real", joined("mine", { cluster: "mine", user: "me" }));
    files.symlink(PATH, { to: "/home/me/real" });
  },
  "a link to nothing yet": (files) => files.symlink(PATH, { to: "/home/me/real" }),
  "links in a circle": (files) => files.symlink(PATH, { to: PATH }),
  "a link to another user's file": (files) => {
    files.put("/home/me/theirs", DOCUMENT, { uid: 4 });
    files.symlink(PATH, { to: "/home/me/theirs" });
  },
  "another user's link": (files) => {
    files.put("/home/me/real", DOCUMENT);
    files.symlink(PATH, { to: "/home/me/real", uid: 4 });
  },
  "a closed directory": (files) => {
    files.directory(FOLDER, { mode: 0o555 });
    files.close(FOLDER, "denied");
  },
  "a link where the lock file is to be": (files) => {
    holding(DOCUMENT)(files);
    files.symlink(`${PATH}.atmos-lock`, { to: "/home/me/elsewhere" });
  },
  "nothing but a link where the lock file is to be": (files) => {
    files.symlink(`${PATH}.atmos-lock`, { to: "/home/me/elsewhere" });
  },
  "a mounted file": (files) => {
    holding(DOCUMENT)(files);
    files.pin(PATH);
  },
  "a backup": (files) => {
    holding(DOCUMENT)(files);
    files.put(`${PATH}.bak`, "mine\n");
  },
  "a backup of this very text": (files) => {
    holding(DOCUMENT)(files);
    files.put(`${PATH}.bak`, DOCUMENT, { mode: 0o600 });
  },
  "all backups": (files) => {
    holding(DOCUMENT)(files);
    files.put(`${PATH}.bak`, "mine\n");
    for (let number = 2; number < 100; number++) files.put(`${PATH}.bak.${number}`, "mine\n");
  },
};

const random = new RandomSource(14);
const RANDOM = 60;
for (let at = 0; at < RANDOM; at++) {
  STATES[`random ${at}`] = holding(new RandomKubeconfig(random, [FOUND.arn, "dev", USER]).text());
}

const ENV = { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };

function run(state: State, words: readonly string[]): Promise<MemoryRun & { readonly disk: MemoryFiles }> {
  const disk = new MemoryFiles();
  disk.directory("/home");
  disk.directory("/home/me");
  disk.directory(FOLDER);
  state(disk);
  const body = new TextEncoder().encode(JSON.stringify({ cluster: FOUND }));
  const net = [{ status: 200, headers: { "content-type": "application/json" }, body }];
  const line = ["aws", "eks", "update-kubeconfig", "--name", FOUND.name, "--region", FOUND.region, "--alias", "dev"];
  const done = memoryAtmos([...line, "--kubeconfig", PATH, ...words], { disk, env: ENV, net });
  return done.then((outcome) => ({ ...outcome, disk }));
}

/** The failure that a run reports. */
function failure({ status, err }: MemoryRun) {
  return { status, lines: err.split("\n").filter((line) => /^(?:Error|Hint): /.test(line)) };
}

type Document = Readonly<Record<string, unknown>>;

/** What a dry run prints is in the file that a write leaves. */
function assertWithin(printed: string, written: string): void {
  const [small, whole] = [parse(printed, { version: "1.1" }), parse(written, { version: "1.1", merge: true })];
  assert.equal(small["current-context"], whole["current-context"]);
  for (const section of ["clusters", "contexts", "users"]) {
    for (const { name, ...entry } of small[section] as readonly Document[]) {
      const [payload] = Object.values(entry) as readonly Document[];
      const found = (whole[section] as readonly Document[]).find((one) => one["name"] === name);
      assert.ok(found, `${section}: ${name} is not in\n${written}`);
      for (const [key, value] of Object.entries(payload!)) {
        if (key !== "exec") {
          assert.deepEqual((Object.values(found).find((one) => one !== name) as Document)[key], value);
        }
      }
    }
  }
}

const MODES = [[], ["--user-alias", "me"]].flatMap((words) =>
  ["merge", "replace", "error"].map((update) => ["--update", update, ...words])
);

for (const [what, state] of Object.entries(STATES)) {
  Deno.test(`a preview says and refuses what the write does: ${what}`, async () => {
    for (const mode of MODES) {
      const [asText, asData] = [await run(state, mode), await run(state, [...mode, "--output", "json"])];
      assert.ok([0, 6].includes(asText.status), asText.err);
      for (const flag of ["--dry-run", "--diff"]) {
        const message = [...mode, flag].join(" ");
        const text = await run(state, [...mode, flag]);
        assert.deepEqual(failure(text), failure(asText), message);
        const data = await run(state, [...mode, flag, "--output", "json"]);
        assert.deepEqual(failure(data), failure(asData), message);
        if (asData.status !== 0) continue;
        const { dryRun, ...said } = JSON.parse(data.out);
        assert.deepEqual([said, dryRun], [JSON.parse(asData.out), true], message);
        assert.equal(text.err.includes("kept as"), said.backup !== undefined, message);
        assert.ok(text.err.includes(said.backup ?? ""), message);
        if (flag === "--dry-run") assertWithin(text.out, asText.disk.text(said.path)!);
      }
    }
  });
}
