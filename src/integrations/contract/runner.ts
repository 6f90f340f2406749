import type { Variables } from "../../auth/environment/environment.ts";
import type { LoginHost } from "../../auth/flow/login_host.ts";
import type { Credentials } from "../../aws/client/credentials.ts";
import type { AwsSettings } from "../../aws/shared_config/settings.ts";
import type { AppError } from "../../errors.ts";
import type { Holder } from "../../docker/holder.ts";
import type { Needs } from "../../host/host.ts";
import type { OtherCredentials } from "../../kube/kubeconfig/user_credentials.ts";
import type { SwitchContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { OneQuestion } from "./ask_once.ts";
import type { Author } from "./author.ts";
import type { Integration } from "./model.ts";

/** An integration with the identity it is made ready for. */
export interface RunInput<I extends Integration = Integration> {
  readonly integration: I;
  /** As written in atmos.yaml. */
  readonly identity: string;
  /** Of that identity, or of another one by its name; AppErrors of the login. */
  credentialsOf(identity: string): Promise<Credentials>;
  /** How AWS is called for the identity: read once, the same object each time. AppErrors of callSettings. */
  settings(): AwsSettings;
  /** What AWS was asked for integrations of the same run and identity; nothing is shared where this is absent. */
  readonly asked?: OneQuestion;
  /** How this program finds the same atmos.yaml again, from any directory: `--config` and so on. */
  readonly configFlags: readonly string[];
  /** The configuration that it is of. */
  readonly author: Author;
  /** The account that the identity is in, or its cluster, where atmos.yaml says it. */
  readonly account?: string | undefined;
  /** Of clusters: the account that the identity's tokens are of, where that is known. */
  readonly tokenAccount?: TokenAccount | undefined;
  /** The name of an account by its 12 digits, where atmos.yaml or a login says it. */
  accountName?(account: string): string | undefined;
  /** Whether another identity has the same cluster or registry, or this one is not its own: what is written must name it. */
  readonly namesIdentity?: boolean;
  /** What the identity's credentials are, as it is configured now; undefined where only its name counts. */
  readonly fingerprint?: string | undefined;
  /** The files that a login stores its credentials in, absolute; undefined where there are none. */
  readonly profileFiles?: { readonly config: string; readonly credentials: string } | undefined;
  /** Of clusters: whether another one's context is called by the ARN, so that this one's names the identity as well. */
  readonly sharesArn?: boolean;
  /** Of clusters: when the kubeconfig's current-context becomes theirs; when it has none, where this is absent. */
  readonly switchContext?: SwitchContext;
  /** Of clusters: whether the environment's credentials are used instead of the identity's, and none is named. */
  readonly isEnvironment?: boolean;
  /** Of clusters: what is said instead of atmos.yaml, for this once; nothing by default. */
  readonly override?: Override;
}

/** An account that atmos.yaml says, or that of the cluster: AWS describes none to another account. */
export type TokenAccount = { readonly id: string } | "of-cluster";

export interface Override {
  /**
   * What becomes of what was written for the integration before. "moves": it follows. "stays": it is left alone, but what
   * is written now is the integration's, too. "apart": this is another entry than the integration's.
   */
  readonly former: "moves" | "stays" | "apart";
  /** Whether the user has typed what its contexts are called, or which cluster gives them its name. */
  readonly names: boolean;
  /** Whether the default of a configuration, and no word of the user's, says which identity it is. */
  readonly isIdentityImplied?: boolean;
  /** Whether the user has typed what its user is called; not where this is absent. */
  readonly user?: boolean;
  /** Whether the namespace is none of atmos.yaml's. */
  readonly namespace: boolean;
  /** Whether kubectl's plugin is none of atmos.yaml's. */
  readonly execCommand: boolean;
  /** Whether what is done with a file that is there is none of atmos.yaml's. */
  readonly update: boolean;
}

/** What is to be removed from one file. */
export interface Cleanup<I extends Integration = Integration> {
  readonly inputs: readonly Omit<RunInput<I>, "credentialsOf">[];
  /** Only tell. */
  readonly dryRun: boolean;
}

/** What became of one integration. */
export interface Ready {
  readonly action: "added" | "updated" | "unchanged";
  /** The cluster or registry. */
  readonly target: string;
  /** What programs call it: the name of the context. */
  readonly name: string;
  /** Its contexts, where they are several. */
  readonly contexts?: readonly string[];
  readonly path: string;
  /** Where the old file is kept that was replaced. */
  readonly backup?: string;
  /** Contexts that are its own no longer, and stay for what a person has added to them; told once. */
  readonly kept?: readonly string[];
  /** Of a kubeconfig: what the entry's user has, or had, beside the plugin. */
  readonly otherCredentials?: OtherCredentials;
  /** What went wrong beside the file, which is written; of the first one where several go into it. */
  readonly warnings?: readonly AppError[];
  /** Of a registry: whose login docker has, where that is not the integration's and stays. */
  readonly dockerHolder?: Holder;
}

/** How a kind of integration is made ready: AWS is asked about each at once, then a file is written once for all. */
export interface Runner<I extends Integration = Integration, Found = unknown> {
  /** Asks AWS. Permissions: net, clock. */
  look(host: LoginHost, input: RunInput<I>): Promise<Found>;
  /** The file that the result goes into, absolute: what has the same one is written together. */
  fileOf(host: Needs<"env" | "read">, input: Pick<RunInput<I>, "integration">): string;
  /** All that goes into one file, under its lock, in one write; an outcome or an AppError for each. */
  write(host: LoginHost, found: readonly Found[]): Promise<readonly (Ready | Error)[]>;
  /**
   * Which of those that go into one file are there already, as far as one look at the disk tells; where this is absent,
   * a login makes them ready.
   */
  areThere?(host: LoginHost, inputs: readonly Omit<RunInput<I>, "credentialsOf">[]): readonly boolean[];
  /**
   * Removes exactly what `write` has put into one file for integrations and identities, in one write. A line for each, and
   * an AppError for what could not be removed while the rest was; AppErrors of the file are thrown.
   */
  cleanup(host: Omit<LoginHost, "loopback">, input: Cleanup<I>): Promise<readonly (string | AppError)[]>;
  /** The variables by which programs find it. Permission: env. */
  environment(host: LoginHost, integration: I): Variables;
}
