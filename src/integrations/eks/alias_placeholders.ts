/** What a context's name may be made of. */
export interface AliasFacts {
  readonly cluster: string;
  readonly region: string;
  /** 12 digits. */
  readonly account: string;
  /** undefined where neither atmos.yaml nor a login says it. */
  readonly accountName: string | undefined;
  readonly identity: string;
  readonly integration: string;
}

interface Placeholder {
  /** What it stands for, for users. */
  readonly is: string;
  value(facts: AliasFacts): string;
}

/** Every word that may stand in braces, wherever a template for names of contexts is taken. */
export const PLACEHOLDERS: Readonly<Record<string, Placeholder>> = {
  "cluster": { is: "the cluster's name", value: ({ cluster }) => cluster },
  "region": { is: "its region", value: ({ region }) => region },
  "account": { is: "the 12 digits of its account", value: ({ account }) => account },
  "account_name": {
    is: "the account's name, where atmos.yaml or a login says it; else its 12 digits",
    value: ({ account, accountName = account }) => accountName,
  },
  // Accounts are called after tenant and stage, as in plat-prod; an `environment` of stacks is a region, such as ue2.
  "env": {
    is: "the account's name after its last `-`, such as `prod` of `plat-prod`",
    value: ({ account, accountName = account }) => accountName.slice(accountName.lastIndexOf("-") + 1),
  },
  "identity": { is: "the identity that the entry is for", value: ({ identity }) => identity },
  "integration": { is: "the integration's name", value: ({ integration }) => integration },
};

/** All of them as a text has them: `{cluster} {region} …`. */
export const PLACEHOLDER_LIST = Object.keys(PLACEHOLDERS).map((name) => `{${name}}`).join(" ");

/** A word in braces. */
export const TOKEN = /\{([^{}]*)\}/g;

/** Returns the words in braces of a template. */
export function listPlaceholders(template: string): readonly string[] {
  return [...template.matchAll(TOKEN)].map((found) => found[1]!);
}
