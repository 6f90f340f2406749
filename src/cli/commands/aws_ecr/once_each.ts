import { AppError } from "../../../errors.ts";
import type { EcrTarget, EcrTargets, Undecided } from "../../ecr/ecr_target.ts";

/** Docker knows one login a registry: two identities for one would take it from each other, so it is left to neither. */
export function onceEach(asked: readonly (EcrTarget | Undecided)[]): EcrTargets {
  const decided = asked.flatMap((one) => "error" in one ? [] : [one]);
  const undecided = asked.flatMap((one) => "error" in one ? [one] : []);
  const targets: EcrTarget[] = [];
  for (const group of Map.groupBy(decided, ({ host }) => host).values()) {
    const [first] = group;
    const other = group.find((one) => identityOf(one) !== identityOf(first!));
    if (other === undefined) targets.push(first!);
    else undecided.push(...both(group, twice(first!, other)));
  }
  return { targets, undecided };
}

function identityOf({ as }: EcrTarget): string | undefined {
  return as?.identity.toLowerCase();
}

function both(group: readonly EcrTarget[], error: AppError): readonly Undecided[] {
  return group.map(({ host, integration, as }) => ({ host, integration, as, error }));
}

function twice(one: EcrTarget, other: EcrTarget): AppError {
  const [first, second] = [one, other].map(({ as, integration }) => `"${integration}" as ${as?.identity}`);
  return new AppError("integration-failed", `Cannot log in to "${one.host}" twice: ${first} and ${second}`, {
    hint:
      "Docker keeps one login a registry: name one of the two integrations, or one identity for both: --identity NAME",
  });
}
