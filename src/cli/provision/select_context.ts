import { argumentWords } from "../../formats/text/command_words.ts";
import { renderParts } from "../output/remedy.ts";
import { nameCommand } from "../../remedy.ts";
import { EKS_KIND, type EksIntegration, isEks } from "../../integrations/eks/eks_integration.ts";
import type { IdentityContext } from "../../integrations/eks/identity_contexts.ts";
import { findBrokenLinks, findLinked, isSameName } from "../../integrations/contract/linked.ts";
import type { RunInput } from "../../integrations/contract/runner.ts";
import { runInputs } from "../../integrations/run_input.ts";
import type { ActiveIdentity } from "../../auth/login/identity.ts";
import type { Needs } from "../../host/host.ts";
import { isNoContext, NO_CONTEXT } from "../../kube/kubeconfig/entry_edit.ts";
import { readSelector, selectorDirectory, selectorRoot } from "../../kube/kubectl/selector.ts";
import { dirname, resolve } from "../../store/paths.ts";
import type { Globals } from "../args/global_flags.ts";
import { warns } from "../output/report.ts";
import { printable } from "../output/text.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import type { RequestedIdentity } from "../login/select_identity.ts";
import type { Author } from "../../integrations/contract/author.ts";
import { findAuthor } from "./author.ts";
import { chooseContext, type ContextChoice, describeContext, listChoices } from "./choose_context.ts";
import { configFlags } from "./config_flags.ts";
import { orderKubeconfigs } from "../../auth/environment/environment.ts";
import { inheritedSelectors, placeKubeconfigs } from "./inherited_kubeconfigs.ts";
import { type LinkedFiles, linkedFiles } from "./linked_files.ts";

interface SelectInput {
  readonly target: RequestedIdentity;
  /** Logged in or not: a context is selected by its name. */
  readonly obtained: Pick<ActiveIdentity, "chain" | "name" | "realm"> & Partial<Pick<ActiveIdentity, "credentials">>;
  readonly globals: Globals;
  /** `--context`. */
  readonly requested?: string | undefined;
}

/** What an identity makes of kubectl. */
export interface SelectedContext {
  /** The location of the configuration that the identity is of; undefined where there is none. */
  readonly configuration: string | undefined;
  /** With the file of the context first. */
  readonly linked: LinkedFiles;
  /** What the selector has as its current-context; undefined where the user's own is left alone. */
  readonly current: string | undefined;
  /** Whether that is a context, and not the reason why there is none. */
  readonly isChosen: boolean;
  /** The contexts that a variable of the user's may name: those of the identity, or the one of `--context`. */
  readonly contexts: readonly string[];
  /** Of the identity's selectors; undefined without HOME. */
  readonly directory: string | undefined;
  /** What a terminal is told, after "kubectl: ". */
  readonly notice: string | undefined;
}

/**
 * Returns the context that kubectl is to use as an identity, or why it is to use none: never another identity's. What
 * `--context` names is remembered. AppError "usage" for one that is not the identity's. Permissions: env, read, sys.
 */
export async function selectContext(host: LoginCommandHost, input: SelectInput): Promise<SelectedContext> {
  const { target, obtained, requested } = input;
  const linked = await linkedFiles(host, { model: target.model, obtained });
  const root = selectorRoot(host);
  const key = { realm: obtained.realm.value, identity: obtained.name };
  const directory = root === undefined ? undefined : selectorDirectory(root, key);
  const author = await findAuthor(host, { ...target, globals: input.globals });
  const { location: configuration } = author;
  const own = await findOwnContexts(host, { ...input, author });
  if (own.length === 0 && requested === undefined) {
    return {
      configuration,
      linked,
      directory,
      contexts: [],
      ...await withoutContext(host, { ...input, linked, author }),
    };
  }
  const isIncomplete = findMissing(input, own) !== undefined;
  const choice = await choiceAmong(host, { own, key, requested, isIncomplete, directory });
  const among = choice.kind === "chosen" ? [choice.context] : choice.among;
  const kubeconfigs = [...new Set([...among.map(({ file }) => file), ...linked.kubeconfigs])];
  const contexts = requested === undefined ? own.map(({ name }) => name) : [requested];
  const files = { linked: { ...linked, kubeconfigs }, directory, contexts };
  const found = { configuration, ...files, isChosen: choice.kind === "chosen" };
  if (choice.kind === "open") return { ...found, ...openChoice(obtained.name, choice) };
  if (requested !== undefined) {
    await (await import("./context_choices.ts")).rememberChoice(host, {
      ...key,
      context: requested,
      arn: choice.context.arn,
    });
  }
  return { ...found, current: choice.context.name, notice: `context ${describeContext(choice.context)}` };
}

function openChoice(identity: string, { among, missing }: Extract<ContextChoice, { kind: "open" }>) {
  const names = listChoices(among);
  if (missing !== undefined) {
    const found = among.some(({ name }) => name === missing) ? "is another cluster by now" : "does not exist";
    const because = `context ${missing}, which was chosen for identity ${identity}, ${found}`;
    return {
      current: printable(`${NO_CONTEXT.because}${because}, use --context with one of: ${names}`),
      notice: `no context: ${because}: --context ${names}`,
    };
  }
  return {
    current: printable(`${NO_CONTEXT.unchosen}${identity}, use --context with one of: ${names}`),
    notice: `no context is chosen: --context ${names}`,
  };
}

async function findOwnContexts(
  host: LoginCommandHost,
  { target, obtained, globals, author }: SelectInput & {
    readonly author: Author;
  },
): Promise<readonly IdentityContext[]> {
  const { chain, name: identity } = obtained;
  const integrations = findLinked(target.model, chain).filter(isEks);
  const account = findAccount(obtained);
  const inputs = await runInputs(host, {
    model: target.model,
    chain,
    integrations,
    configFlags: integrations.length === 0 ? [] : configFlags(host, { globals, config: target.config }),
    author,
    account,
    credentialsOf: () => Promise.reject(new Error("a context is selected without credentials")),
  }) as readonly RunInput<EksIntegration>[];
  const { findIdentityContexts } = await import("../../integrations/eks/identity_contexts.ts");
  return findIdentityContexts(host, { model: target.model, identity, account, author, inputs });
}

function findAccount({ chain, credentials }: SelectInput["obtained"]): string | undefined {
  return credentials?.account ?? chain.identities.at(-1)!.accountId;
}

async function choiceAmong(
  host: Needs<"env" | "read" | "sys">,
  { own, key, requested, isIncomplete, directory }:
    & Pick<SelectInput, "requested">
    & Pick<SelectedContext, "directory">
    & {
      readonly own: readonly IdentityContext[];
      readonly isIncomplete: boolean;
      readonly key: { readonly realm: string; readonly identity: string };
    },
): Promise<ContextChoice> {
  const { readChoice } = await import("./context_choices.ts");
  const surrounding = inheritedSelectors(host).find((path) => dirname(path) === directory);
  const around = surrounding === undefined ? undefined : readSelector(host, surrounding)?.context;
  const remembered = readChoice(host, key);
  const earlier = [
    around === undefined || isNoContext(around) ? undefined : { name: around },
    remembered && { name: remembered.context, arn: remembered.arn },
  ];
  return chooseContext({ identity: key.identity, contexts: own, requested, isIncomplete, earlier });
}

/**
 * Without a context of its own the user's stays, unless it is another identity's, or a login should have added one that
 * could not be added.
 */
async function withoutContext(
  host: LoginCommandHost,
  { target: { model, config }, obtained, globals, linked, author }: SelectInput & {
    readonly linked: LinkedFiles;
    readonly author: Author;
  },
): Promise<Pick<SelectedContext, "current" | "isChosen" | "notice">> {
  const { name: identity } = obtained;
  const none = (because: string) => ({
    current: printable(`${NO_CONTEXT.because}identity ${identity} ${because}`),
    isChosen: false,
    notice: `no context: identity ${identity} ${because}`,
  });
  const { chain } = obtained;
  const clusters = findLinked(model, chain).filter(isEks);
  const missing = findMissing({ target: { model }, obtained }, []);
  if (missing !== undefined) {
    const command = nameCommand("aws", "eks", "update-kubeconfig", ...argumentWords(missing));
    return none(`has no context yet, run: ${renderParts(host, command)}`);
  }
  const { findForeignContext } = await import("../../integrations/eks/foreign_context.ts");
  const placed = placeKubeconfigs(host, { kubeconfigs: linked.kubeconfigs, contexts: [], chain });
  const files = orderKubeconfigs(placed).map((path) => resolve(host.read.cwd(), path));
  const flags = configFlags(host, { globals, config });
  const known = { model, identity, account: findAccount(obtained), author, configFlags: flags };
  const foreign = findForeignContext(host, { ...known, linked: clusters, files });
  if (foreign === undefined) return { current: undefined, isChosen: false, notice: undefined };
  if ("unreadable" in foreign) return none(`has no cluster, and the kubeconfig ${foreign.unreadable} cannot be read`);
  const whose = foreign.owner === undefined ? "another identity's" : `identity ${foreign.owner}'s`;
  const where = foreign.isOfAnother ? " in another configuration" : "";
  return none(`has no cluster, and the current-context ${foreign.name} is ${whose}${where}`);
}

/** Returns the name of a linked integration whose cluster a login should have added, and has not. */
function findMissing(
  { target: { model }, obtained: { chain } }:
    & { readonly target: Pick<RequestedIdentity, "model"> }
    & Pick<SelectInput, "obtained">,
  own: readonly IdentityContext[],
): string | undefined {
  const isThere = (name: string) => own.some(({ integration }) => isSameName(integration, name));
  const missing = findLinked(model, chain).filter(isEks).find(({ name, autoProvision }) =>
    autoProvision && !isThere(name)
  );
  return missing?.name ?? findBrokenLinks(model, chain).find(({ kind }) => kind === EKS_KIND)?.name;
}

/** Tells a terminal, in one line, what kubectl will use. */
export function reportContext(
  host: Needs<"terminal">,
  { selected: { notice }, globals }: { readonly selected: SelectedContext; readonly globals: Globals },
): void {
  if (notice === undefined || !host.terminal.isTty.stderr || !warns(globals)) return;
  host.terminal.err(`kubectl: ${printable(notice)}\n`);
}
