import { bigKubeconfig } from "./big_kubeconfig.ts";
import { growthRow } from "./growth_row.ts";
import type { Candidate } from "./measure.ts";
import type { Bench } from "./row.ts";
import { type Surroundings, surroundings, UPDATE_KUBECONFIG } from "./surroundings.ts";

/** Ten times the entries of a kubeconfig, identities, or lines of atmos.yaml. */
export const bench: Bench = {
  name: "growth",
  async run() {
    await using place = await surroundings();
    const compare = (work: string, { none, few, many }: Readonly<Record<"none" | "few" | "many", Candidate>>) =>
      growthRow({ work, runs: 5, candidates: { none, few, many } });
    const kubeconfigs = (work: string, words: (file: string) => readonly string[]) =>
      compare(`${work}: 5,000 entries, to 500`, {
        none: withEntries(place, { count: 0, words }),
        few: withEntries(place, { count: 500, words }),
        many: withEntries(place, { count: 5_000, words }),
      });
    const configurations = (work: string, text: (count: number) => string) =>
      compare(`auth validate: ${work}`, {
        none: withConfiguration(place, text(1)),
        few: withConfiguration(place, text(100)),
        many: withConfiguration(place, text(1_000)),
      });
    return [
      await kubeconfigs("update-kubeconfig", (file) => [...UPDATE_KUBECONFIG, "--kubeconfig", file]),
      await kubeconfigs("prune", (file) => ["eks", "prune", "--dry-run", "--kubeconfig", file]),
      await kubeconfigs("list", () => ["eks", "list", "--region", "us-east-2"]),
      await configurations("1,000 identities in a tree, to 100", identityTree),
      await configurations("atmos.yaml of 20,000 lines, to 2,000", (count) => integrations(count * 2)),
    ];
  },
};

interface Entries {
  readonly count: number;
  readonly words: (file: string) => readonly string[];
}

function withEntries(place: Surroundings, { count, words }: Entries): Candidate {
  const text = count === 0 ? "" : bigKubeconfig(count);
  const file = place.home.at(`file-${count}`);
  return {
    words: place.atmos("aws", ...words(file)),
    env: { ...place.env, KUBECONFIG: file },
    before: () => void place.home.write(`file-${count}`, text),
  };
}

function withConfiguration(place: Surroundings, text: string): Candidate {
  const folder = `of-${text.length}`;
  place.home.write(`${folder}/atmos.yaml`, text);
  return {
    words: place.atmos("-C", place.home.at(folder), "auth", "validate"),
    env: { ...place.env, ATMOS_TRUST: "1" },
  };
}

const PROVIDER = `auth:
  providers:
    sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: "https://corp.awsapps.com/start"}
  identities:
    id-0: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: {id: "123456789012"}}}
`;

/** Each identity but the first takes its role through the one half as far down. */
function identityTree(count: number): string {
  const others = Array.from({ length: count - 1 }, (_, at) => {
    const role = `arn:aws:iam::123456789012:role/role-${at + 1}`;
    return `    id-${at + 1}: {kind: aws/assume-role, via: {identity: id-${
      at >> 1
    }}, principal: {assume_role: "${role}"}}\n`;
  });
  return PROVIDER + others.join("");
}

/** Ten lines each. */
function integrations(count: number): string {
  const each = Array.from({ length: count }, (_, at) =>
    `    cluster-${at}/eks:
      kind: aws/eks
      via:
        identity: id-0
      spec:
        cluster:
          name: cluster-${at}
          region: us-east-2
          alias: alias-${at}
          user_alias: user-${at}
`);
  return `${PROVIDER}  integrations:\n${each.join("")}`;
}
