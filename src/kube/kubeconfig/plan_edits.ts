import { AppError } from "../../errors.ts";
import { type Claim, claimsOf } from "./managed_contexts.ts";
import { type ContextMoves, contextMoves } from "./context_renames.ts";
import { contextNames, type Entry } from "./entry.ts";
import type { EntryEdit } from "./entry_edit.ts";
import { userTarget } from "../exec/exec_target.ts";
import { withKeptOutput } from "./preserve_json_output.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
import { NamesInUse } from "./names_in_use.ts";
import { type OwnUsers, ownUsers } from "./managed_users.ts";
import { ownedEntry, refuseTakenContext } from "./claim_names.ts";
import { stuckEdits } from "./blocked_edits.ts";
import { refuseExisting } from "./refuse_existing.ts";

/** An edit with what the file has of its own. */
interface Share extends OwnUsers {
  readonly edit: EntryEdit;
  readonly claim: Claim;
  readonly moves: ContextMoves;
  /** Names that it may have only if nobody has them by then. */
  readonly contested: readonly string[];
}

export interface PlannedEdit extends Share {
  readonly entry: Entry;
}

export interface Plan {
  readonly planned: readonly (PlannedEdit | AppError)[];
  /** Of the file as it will be. */
  readonly names: NamesInUse;
}

/**
 * Which names each edit gets. All of them first let go of what they give up, so that they may take each other's names;
 * what an edit that is refused would have given up it keeps, which may refuse others. Beyond that, each knows the names
 * that those before it have taken.
 */
export function planEdits(config: Kubeconfig, edits: readonly EntryEdit[]): Plan {
  const refused = new Map<number, AppError>();
  for (;;) {
    const plan = attempt(config, { edits, refused });
    const known = refused.size;
    plan.planned.forEach((one, at) => one instanceof AppError && refused.set(at, one));
    if (refused.size === known) return plan;
  }
}

interface Attempt {
  readonly edits: readonly EntryEdit[];
  /** By their place among the edits. */
  readonly refused: ReadonlyMap<number, AppError>;
}

function attempt(config: Kubeconfig, { edits, refused }: Attempt): Plan {
  const names = new NamesInUse(config);
  const all = claimsOf(names, edits);
  const without = (out: { has(at: number): boolean }) => all.map((claim, at): Claim => out.has(at) ? new Map() : claim);
  const stuck = stuckEdits(names, { edits, claims: without(refused) });
  const out = new Set([...refused.keys(), ...stuck]);
  const claims = without(out);
  const held = new Set([...out].flatMap((at) => [...all[at]!.keys()]));
  const asked = new Set(edits.flatMap(({ facts }, at) => out.has(at) ? [] : contextNames(facts)));
  const shares = sharesOf(config, { names, edits, claims, held, asked });
  const planned = shares.map((share, at) => refused.get(at) ?? plannedEdit(config, { share, names }));
  return { planned, names };
}

interface Sharing {
  readonly names: NamesInUse;
  readonly edits: readonly EntryEdit[];
  readonly claims: readonly Claim[];
  /** Contexts of edits that are refused. */
  readonly held: ReadonlySet<string>;
  /** Names that the others want. */
  readonly asked: ReadonlySet<string>;
}

function sharesOf(config: Kubeconfig, { names, edits, claims, held, asked }: Sharing): readonly Share[] {
  const sharesIf = (claimed: ReadonlySet<string>) =>
    claims.map((claim, at) => {
      const { facts } = edits[at]!;
      return { claim, facts, moves: contextMoves(config, { claim, facts, claimed }) };
    });
  const claimed = new Set(claims.flatMap((claim) => [...claim.keys()]));
  const kept = new Set(sharesIf(claimed).flatMap(({ moves }) => moves.kept.map(({ name }) => name)));
  const shares = sharesIf(claimed.difference(kept));
  for (const { claim, facts, moves } of shares) {
    [...moves.moved.values(), ...moves.gone].forEach((name) => names.leave(name));
    contextNames(facts).filter((name) => claim.has(name))
      .forEach((name) => names.reserve({ name, cluster: facts.arn }));
    // What is kept is given to another identity of the cluster, but to nobody else.
    moves.kept.filter(({ name }) => asked.has(name))
      .forEach(({ name }) => names.reserve({ name, cluster: claim.get(name)!.use.cluster }));
  }
  const users = ownUsers(names, shares);
  users.forEach(({ left }) => left.forEach((user) => names.leaveUser(user)));
  return shares.map(({ claim, facts, moves }, at) => {
    const contested = [...moves.moved.keys(), ...contextNames(facts).filter((name) => held.has(name))];
    return { edit: edits[at]!, claim, moves, contested, ...users[at]! };
  });
}

interface Planning {
  readonly share: Share;
  readonly names: NamesInUse;
}

function plannedEdit(config: Kubeconfig, { share, names }: Planning): PlannedEdit | AppError {
  const { edit: { facts, update }, claim, contested, had, own, left } = share;
  try {
    const owned = ownedEntry(names, { facts, had, own });
    contested.forEach((name) => refuseTakenContext(names, name));
    const former = config.users.entries.get(left[0] ?? "")?.payload;
    const entry = withKeptOutput(names.user(owned.user.name) ?? userTarget(former), owned);
    if (update === "error") refuseExisting(config, { entry, claim });
    names.take(entry);
    return { ...share, entry };
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
